import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { entities } from '../__testUtils__/organisations';
import { ApproverRule } from '../rules/Rule';
import { ApproverFinder } from './ApproverFinder';
import { Directory } from './Directory';

const directory = new Directory(
  catalogServiceMock({ entities }),
  mockServices.auth(),
);
const finder = new ApproverFinder(
  directory,
  organisation => `group:default/${organisation}-leads`,
);

async function find(user: string, approvers: Partial<ApproverRule>) {
  const requester = (await directory.membershipOf(`user:default/${user}`))!;
  return finder.find(
    {
      name: 'rule',
      match: {},
      approvers: {
        users: [],
        groups: [],
        organisationAdmins: false,
        ...approvers,
      },
      expiryMs: 1,
      delegation: true,
    },
    {
      requester,
      organisation: requester.organisations[0],
      templateRef: 'template:default/research',
    },
  );
}

describe('ApproverFinder', () => {
  it("finds the owners who are of the requester's organisation, and no others", async () => {
    expect(await find('bob', { ownersOf: 'template' })).toEqual([
      { ref: 'group:default/acme-leads', named: false },
    ]);
  });

  it("finds the admins of the requester's organisation", async () => {
    expect(await find('hugo', { organisationAdmins: true })).toEqual([
      { ref: 'group:default/globex-leads', named: false },
    ]);
  });

  it('takes whom the rule names, of whatever organisation', async () => {
    expect(
      await find('hugo', {
        users: ['user:default/alice'],
        groups: ['group:default/formulary-platform'],
      }),
    ).toEqual([
      { ref: 'user:default/alice', named: true },
      { ref: 'group:default/formulary-platform', named: true },
    ]);
  });

  it.each([
    ['only the requester', 'alice', { users: ['user:default/alice'] }],
    ['owners of other organisations only', 'priya', { ownersOf: 'template' }],
    ['admins of whom there are none', 'priya', { organisationAdmins: true }],
  ])('refuses %s', async (_who, user, approvers) => {
    await expect(find(user, approvers)).rejects.toThrow(
      'The rule "rule" wants an approval, but nobody in',
    );
  });
});
