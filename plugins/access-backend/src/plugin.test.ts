import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
} from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { FakePortal } from './__testUtils__/FakePortal';
import { accessPlugin } from './plugin';

jest.setTimeout(60_000);

function entity(
  kind: string,
  name: string,
  rest: { annotations?: Record<string, string>; spec?: Entity['spec'] } = {},
  relation?: [string, string[]],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: rest.annotations,
    },
    spec: rest.spec ?? {},
    relations: relation?.[1].map(target => ({
      type: relation[0],
      targetRef: `group:default/${target}`,
    })),
  };
}

const entities = [
  entity('User', 'bob', { spec: { profile: { displayName: 'Bob Tanaka' } } }, [
    RELATION_MEMBER_OF,
    ['acme-backend'],
  ]),
  entity('User', 'priya'),
  entity('User', 'nobody'),
  entity(
    'User',
    'gone',
    { annotations: { 'formulary.dev/disabled': 'true' } },
    [RELATION_MEMBER_OF, ['acme']],
  ),
  entity('Group', 'acme-backend', {}, [RELATION_CHILD_OF, ['acme-developers']]),
  entity('Group', 'acme-developers', {}, [RELATION_CHILD_OF, ['acme']]),
  entity('Group', 'acme', { spec: { type: 'organization' } }),
  entity('Formula', 'fullstack', {
    annotations: { 'formulary.dev/organization': '*' },
  }),
  entity('Template', 'acme-own', {
    annotations: { 'formulary.dev/organization': 'group:default/acme' },
  }),
  entity('Template', 'globex-own'),
];

describe('the access plugin', () => {
  let portal: FakePortal;
  let backend: TestBackend;

  beforeAll(async () => {
    portal = await FakePortal.start();
    backend = await startTestBackend({
      features: [
        accessPlugin,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({
          data: {
            permission: {
              rbac: {
                policyDecisionPrecedence: 'basic',
                admin: { superUsers: [{ name: 'user:default/nobody' }] },
              },
            },
          },
        }),
        mockServices.discovery.mock({
          getBaseUrl: async id => portal.baseUrl(id),
        }).factory,
        mockServices.permissions.mock({
          authorize: async (requests, options) => {
            const { principal } = options.credentials as {
              principal: { userEntityRef?: string };
            };
            return requests.map(() => ({
              result:
                principal.userEntityRef === 'user:default/priya'
                  ? AuthorizeResult.ALLOW
                  : AuthorizeResult.DENY,
            }));
          },
        }).factory,
      ],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await portal?.stop();
  });
  beforeEach(() => {
    portal.broken = undefined;
    portal.claims.splice(0);
  });

  const ask = (about: string, as: string) =>
    request(backend.server)
      .get(`/api/access/persons/${encodeURIComponent(about)}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${as}`));

  it('tells by which role, through which groups and by which line', async () => {
    const { status, body } = await ask('user:default/bob', 'bob');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      userRef: 'user:default/bob',
      displayName: 'Bob Tanaka',
      isSuperUser: false,
      isDisabled: false,
      groups: [
        { ref: 'group:default/acme-backend', isOrganisation: false },
        { ref: 'group:default/acme-developers' },
        { ref: 'group:default/acme', isOrganisation: true },
      ],
      roles: [
        {
          ref: 'role:default/developer',
          source: 'csv-file',
          members: [
            {
              ref: 'group:default/acme',
              path: [
                'group:default/acme-backend',
                'group:default/acme-developers',
                'group:default/acme',
              ],
            },
          ],
        },
      ],
      permissions: [
        {
          name: 'catalog.entity.create',
          outcome: 'allow',
          reasons: [
            {
              line: 'p, role:default/developer, catalog.entity.create, create, allow',
            },
          ],
        },
        {
          name: 'catalog.entity.read',
          outcome: 'conditional',
          reasons: [{ condition: 'of their organisation or shared with all' }],
        },
      ],
    });
  });

  it('lists the formulas that the catalog shows them, asked with their groups', async () => {
    const { body } = await ask('user:default/bob', 'bob');
    expect(body.formulas).toEqual([
      {
        ref: 'template:default/acme-own',
        kind: 'template',
        title: 'acme-own',
        organisation: 'group:default/acme',
        isShared: false,
      },
      {
        ref: 'formula:default/fullstack',
        kind: 'formula',
        title: 'fullstack',
        isShared: true,
      },
    ]);
    expect(portal.claims).toEqual([
      ['user:default/bob', 'group:default/acme-backend'],
    ]);
  });

  it('shows everything to whom no condition holds back', async () => {
    const { body } = await ask('user:default/priya', 'priya');
    expect(body.formulas).toHaveLength(3);
    expect(body.roles).toMatchObject([
      { members: [{ ref: 'user:default/priya', path: [] }] },
    ]);
  });

  it('says who may do everything whatever the policies say', async () => {
    const { body } = await ask('user:default/nobody', 'priya');
    expect(body).toMatchObject({
      isSuperUser: true,
      permissions: [{ outcome: 'allow' }, { outcome: 'allow' }],
    });
  });

  it('says that nothing is allowed to whom the identity provider has disabled', async () => {
    const { body } = await ask('user:default/gone', 'priya');
    expect(body).toMatchObject({
      isDisabled: true,
      roles: [{ ref: 'role:default/developer' }],
      permissions: [
        { outcome: 'deny', reasons: [] },
        { outcome: 'deny', reasons: [] },
      ],
      formulas: [],
    });
  });

  it('says which plugins did not tell their permissions', async () => {
    const { body } = await ask('user:default/bob', 'bob');
    expect(body.unread).toEqual(['silent']);
  });

  it('answers people about themselves, and only administrators about others, known or not', async () => {
    const answers = await Promise.all([
      ask('USER:default/BOB', 'bob'),
      ask('user:default/bob', 'priya'),
      ask('user:default/priya', 'bob'),
      ask('user:default/stranger', 'bob'),
      ask('user:default/stranger', 'priya'),
      ask('group:default/acme', 'priya'),
      ask('user:', 'priya'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 403, 403, 404, 400, 400,
    ]);
    expect(answers[2].body.error.message).toBe(answers[3].body.error.message);
  });

  it('refuses whoever is not signed in', async () => {
    const { status } = await request(backend.server)
      .get('/api/access/persons/bob')
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it.each([
    '/permission/policies',
    '/permission/roles/conditions',
    '/catalog/.well-known/backstage/permissions/apply-conditions',
  ])('gives no half answer when %s fails', async path => {
    portal.broken = path;
    const { status } = await ask('user:default/bob', 'bob');
    expect(status).toBeGreaterThanOrEqual(500);
  });
});
