import { SerializedTask } from '@backstage/plugin-scaffolder-node';
import {
  administeredOrganizations,
  isTaskOfOrganization,
  organizationParamsSchema,
} from './isTaskOfOrganization';

const admins = 'group:default/{organisation}-leads';
const claims = [
  'user:default/gina',
  'group:default/globex',
  'group:default/globex-leads',
  'group:default/acme',
];

const task = (organization?: string): SerializedTask => ({
  id: 'a-task',
  status: 'completed',
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: 'user:default/hugo',
  spec: {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    parameters: {},
    steps: [],
    output: {},
    user: {
      ref: 'user:default/hugo',
      entity: organization
        ? {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: {
              name: 'hugo',
              annotations: { 'formulary.dev/organization': organization },
            },
            spec: {},
          }
        : undefined,
    },
  },
});

describe('administeredOrganizations', () => {
  it('are those of the claims whose administrators are among them, too', () => {
    expect(administeredOrganizations({ claims, admins })).toEqual([
      'group:default/globex',
    ]);
  });

  it.each([
    ['in the administrators’ group alone', ['group:default/globex-leads']],
    ['no administrator', ['group:default/globex', 'group:default/leads']],
    ['called alike', ['user:default/globex', 'group:default/globex-leads']],
  ])('are none of who is %s', (_, held) => {
    expect(administeredOrganizations({ claims: held, admins })).toEqual([]);
  });

  it('are found however refs are written', () => {
    const held = ['Group:default/Globex', 'group:default/globex-LEADS'];
    expect(administeredOrganizations({ claims: held, admins })).toEqual([
      'group:default/globex',
    ]);
  });
});

describe('IS_TASK_OF_ORGANIZATION', () => {
  it.each([
    ['group:default/globex', true],
    ['Group:Default/Globex', true],
    ['group:default/acme', false],
    ['*', false],
    [undefined, false],
  ])('of a task of somebody of %s is %s', (organization, expected) => {
    expect(
      isTaskOfOrganization.apply(task(organization), { claims, admins }),
    ).toBe(expected);
  });

  it('wants to know whose administrators', () => {
    const parse = () =>
      organizationParamsSchema.parse({
        claims,
        admins: 'group:default/leads',
      });
    expect(parse).toThrow('{organisation}');
  });

  it('lists nobody’s tasks where nobody translates it', () => {
    expect(isTaskOfOrganization.toQuery({ claims, admins })).toEqual({
      key: 'created_by',
      values: [],
    });
  });
});
