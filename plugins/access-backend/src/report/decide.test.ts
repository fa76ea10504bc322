import { RbacState } from '../rbac/rbacSchemas';
import { decide } from './decide';

const DEVELOPER = 'role:default/developer';
const ADMIN = 'role:default/admin';
const firstPolicies = { policiesFirst: true, superUsers: [] };
const firstConditions = { policiesFirst: false, superUsers: [] };

const read = {
  name: 'catalog.entity.read',
  action: 'read',
  resourceType: 'catalog-entity',
};
const create = { name: 'catalog.entity.create', action: 'create' };

const line = (
  role: string,
  permission: string,
  policy: string,
  effect = 'allow',
) => ({ entityReference: role, permission, policy, effect });

const condition = (
  permissionMapping: RbacState['conditions'][number]['permissionMapping'],
  rule = 'IS_ENTITY_OWNER',
) => ({
  roleEntityRef: DEVELOPER,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  permissionMapping,
  conditions: {
    rule,
    resourceType: 'catalog-entity',
    params: { claims: ['$ownerRefs'] },
  },
});

function stateOf(state: Partial<RbacState>): RbacState {
  return {
    plugins: [],
    rules: [],
    pluginIds: [],
    roles: [],
    policies: [],
    conditions: [],
    ...state,
  };
}

describe('decide', () => {
  it('denies what no role speaks of, and says nothing more', () => {
    expect(decide(create, [DEVELOPER], stateOf({}), firstPolicies)).toEqual({
      outcome: 'deny',
      reasons: [],
      criteria: [],
    });
  });

  it('allows by a line of a role, and tells the line', () => {
    const state = stateOf({
      policies: [
        line(DEVELOPER, create.name, 'create'),
        line(ADMIN, create.name, 'create'),
      ],
    });
    expect(decide(create, [DEVELOPER], state, firstPolicies)).toMatchObject({
      outcome: 'allow',
      reasons: [
        {
          role: DEVELOPER,
          effect: 'allow',
          line: 'p, role:default/developer, catalog.entity.create, create, allow',
        },
      ],
    });
  });

  it('does not take a line for another action', () => {
    const state = stateOf({ policies: [line(DEVELOPER, create.name, 'read')] });
    expect(decide(create, [DEVELOPER], state, firstPolicies).outcome).toBe(
      'deny',
    );
  });

  it('lets one line that denies outweigh those that allow', () => {
    const state = stateOf({
      policies: [
        line(DEVELOPER, create.name, 'create'),
        line(ADMIN, create.name, 'create', 'deny'),
      ],
    });
    const { outcome, reasons } = decide(
      create,
      [DEVELOPER, ADMIN],
      state,
      firstPolicies,
    );
    expect(outcome).toBe('deny');
    expect(reasons.map(({ effect }) => effect)).toEqual(['allow', 'deny']);
  });

  it('allows on a condition, in words', () => {
    const state = stateOf({ conditions: [condition(['read'])] });
    expect(decide(read, [DEVELOPER], state, firstPolicies)).toMatchObject({
      outcome: 'conditional',
      reasons: [
        {
          effect: 'conditional',
          condition: 'owned by them or one of their groups',
        },
      ],
      criteria: [state.conditions[0].conditions],
    });
  });

  it('takes a condition for named permissions for those alone', () => {
    const state = stateOf({
      conditions: [condition([{ name: 'catalog.other', action: 'read' }])],
    });
    expect(decide(read, [DEVELOPER], state, firstPolicies).outcome).toBe(
      'deny',
    );
  });

  it.each([
    ['allow', firstPolicies],
    ['conditional', firstConditions],
  ])(
    'with both a line and a condition says %s by the precedence',
    (outcome, settings) => {
      const state = stateOf({
        policies: [line(ADMIN, read.name, 'read')],
        conditions: [condition(['read'])],
      });
      expect(decide(read, [DEVELOPER, ADMIN], state, settings).outcome).toBe(
        outcome,
      );
    },
  );

  it('takes a line for the kind of things when none names the permission', () => {
    const state = stateOf({
      policies: [line(ADMIN, 'catalog-entity', 'read')],
    });
    expect(decide(read, [ADMIN], state, firstPolicies).outcome).toBe('allow');
  });

  it('denies, as RBAC does, when a role has two conditions for the same', () => {
    const state = stateOf({
      conditions: [condition(['read']), condition(['read'], 'HAS_LABEL')],
    });
    expect(decide(read, [DEVELOPER], state, firstPolicies)).toMatchObject({
      outcome: 'deny',
      reasons: [{ effect: 'deny' }, { effect: 'deny' }],
    });
  });
});
