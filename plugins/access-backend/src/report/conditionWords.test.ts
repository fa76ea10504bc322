import { Criteria, RbacState } from '../rbac/rbacSchemas';
import { conditionWords } from './conditionWords';
import { withoutAliases } from './withoutAliases';

const rules: RbacState['rules'] = [
  {
    pluginId: 'catalog',
    rules: [
      {
        name: 'HAS_LABEL',
        resourceType: 'catalog-entity',
        description: 'Allow entities with the specified label',
      },
    ],
  },
];
const rule = (name: string, params?: Record<string, string[]>): Criteria => ({
  rule: name,
  resourceType: 'catalog-entity',
  params,
});
const own = rule('IS_ENTITY_OWNER', { claims: ['$ownerRefs'] });
const organisation = rule('IS_OF_ORGANIZATION', { claims: ['$ownerRefs'] });

describe('conditions in words', () => {
  it.each<[Criteria, string]>([
    [own, 'owned by them or one of their groups'],
    [
      { anyOf: [organisation, own] },
      'of their organisation or shared with all, or owned by them or one of their groups',
    ],
    [
      { allOf: [organisation, { not: own }] },
      'of their organisation or shared with all, and not (owned by them or one of their groups)',
    ],
    [
      rule('HAS_LABEL', { label: ['public'] }),
      'Allow entities with the specified label (label: "public")',
    ],
    [rule('NEW', { who: ['$currentUser'] }), 'NEW (who: the person)'],
  ])('%j', (criteria, words) => {
    expect(conditionWords(criteria, rules)).toBe(words);
  });
});

describe('conditions of one person', () => {
  const bob = ['user:default/bob', 'group:default/acme'];

  it('name the person and their groups', () => {
    expect(
      withoutAliases(
        {
          anyOf: [
            own,
            { not: rule('X', { by: ['$currentUser', 'user:default/ann'] }) },
          ],
        },
        bob,
      ),
    ).toEqual({
      anyOf: [
        rule('IS_ENTITY_OWNER', { claims: bob }),
        { not: rule('X', { by: ['user:default/bob', 'user:default/ann'] }) },
      ],
    });
  });
});
