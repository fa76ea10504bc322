import { JsonValue } from '@backstage/types';
import { Criteria } from '../rbac/rbacSchemas';

/**
 * Conditions for one person: the aliases `$ownerRefs` and `$currentUser` in lists
 * are what they stand for (rbac-backend 8.1.3, `conditional-aliases`).
 *
 * @param ownershipRefs - of the person, who is first, and their groups
 */
export function withoutAliases(
  criteria: Criteria,
  ownershipRefs: string[],
): Criteria {
  const each = (one: Criteria) => withoutAliases(one, ownershipRefs);
  if ('anyOf' in criteria) {
    const [first, ...rest] = criteria.anyOf;
    return { anyOf: [each(first), ...rest.map(each)] };
  }
  if ('allOf' in criteria) {
    const [first, ...rest] = criteria.allOf;
    return { allOf: [each(first), ...rest.map(each)] };
  }
  if ('not' in criteria) return { not: each(criteria.not) };

  const meant = (value: JsonValue | undefined): JsonValue[] => {
    if (value === '$ownerRefs') return ownershipRefs;
    if (value === '$currentUser') return ownershipRefs.slice(0, 1);
    return value === undefined ? [] : [value];
  };
  const params = Object.entries(criteria.params ?? {}).map(([name, value]) => {
    if (Array.isArray(value)) return [name, value.flatMap(meant)];
    return [name, value === '$currentUser' ? ownershipRefs[0] : value];
  });
  return { ...criteria, params: Object.fromEntries(params) };
}
