import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
  QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import { taskReadPermission } from '@backstage/plugin-scaffolder-common/alpha';
import { OrganizationPermissions } from './OrganizationPermissions';

type Criteria = PermissionCriteria<PermissionCondition>;

const resourceType = 'scaffolder-task';
const own: Criteria = {
  rule: 'IS_TASK_OWNER',
  resourceType,
  params: { createdBy: ['user:default/gina'] },
};
const theirs: Criteria = {
  rule: 'IS_TASK_OF_ORGANIZATION',
  resourceType,
  params: {
    claims: ['group:default/globex', 'group:default/globex-leads'],
    admins: 'group:default/{organisation}-leads',
  },
};
const startedBy = (...createdBy: string[]): Criteria => ({
  rule: 'IS_TASK_OWNER',
  resourceType,
  params: { createdBy },
});

async function ask(...decisions: QueryPermissionResponse[]) {
  const asked: string[][] = [];
  const permissions = new OrganizationPermissions(
    mockServices.permissions.mock({
      authorizeConditional: async () => decisions,
      authorize: async () => [{ result: AuthorizeResult.DENY }],
    }),
    {
      of: async organizations => {
        asked.push(organizations);
        return ['user:default/gina', 'user:default/hugo'];
      },
    },
  );
  const answer = await permissions.authorizeConditional(
    decisions.map(() => ({ permission: taskReadPermission })),
    { credentials: mockCredentials.user('user:default/gina') },
  );
  return { answer, asked, permissions };
}

const conditional = (
  conditions: Criteria,
  type = resourceType,
): QueryPermissionResponse => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'scaffolder',
  resourceType: type,
  conditions,
});

describe('OrganizationPermissions', () => {
  it('tells the scaffolder whose tasks an organisation’s administrators may see', async () => {
    const { answer, asked } = await ask(
      conditional({ anyOf: [own, { allOf: [theirs, { not: own }] }] }),
    );
    const people = startedBy('user:default/gina', 'user:default/hugo');
    expect(answer).toEqual([
      conditional({ anyOf: [own, { allOf: [people, { not: own }] }] }),
    ]);
    expect(asked).toEqual([['group:default/globex']]);
  });

  it('leaves all other decisions as they are, and looks for nobody', async () => {
    const decisions: QueryPermissionResponse[] = [
      { result: AuthorizeResult.ALLOW },
      { result: AuthorizeResult.DENY },
      conditional(own),
      conditional(theirs, 'scaffolder-action'),
    ];
    const { answer, asked } = await ask(...decisions);
    expect(answer).toEqual(decisions);
    expect(asked).toEqual([]);
  });

  it('refuses the rule without its parameters', async () => {
    await expect(
      ask(conditional({ rule: 'IS_TASK_OF_ORGANIZATION', resourceType })),
    ).rejects.toThrow('Required');
  });

  it('passes questions about one thing on', async () => {
    const { permissions } = await ask();
    await expect(
      permissions.authorize(
        [{ permission: taskReadPermission, resourceRef: 'a-task' }],
        { credentials: mockCredentials.user('user:default/gina') },
      ),
    ).resolves.toEqual([{ result: AuthorizeResult.DENY }]);
  });
});
