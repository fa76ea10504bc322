import { Criteria, RbacState } from '../rbac/rbacSchemas';

/** Rules that this portal's conditions are made of, in words for people. */
const KNOWN: Record<string, string> = {
  IS_OF_ORGANIZATION: 'of their organisation or shared with all',
  IS_ENTITY_OWNER: 'owned by them or one of their groups',
  IS_TASK_OWNER: 'started by them',
  IS_TASK_OF_ORGANIZATION:
    'started by people of an organisation that they administer',
};

/** What aliases of RBAC stand for (rbac-backend, docs/conditions). */
const ALIASES: Record<string, string> = {
  $ownerRefs: 'the person and their groups',
  $currentUser: 'the person',
};

/** Which things a condition is for, for people. */
export function conditionWords(
  criteria: Criteria,
  rules: RbacState['rules'],
): string {
  if ('anyOf' in criteria) {
    return criteria.anyOf
      .map(each => conditionWords(each, rules))
      .join(', or ');
  }
  if ('allOf' in criteria) {
    return criteria.allOf
      .map(each => conditionWords(each, rules))
      .join(', and ');
  }
  if ('not' in criteria) return `not (${conditionWords(criteria.not, rules)})`;
  const known = KNOWN[criteria.rule];
  if (known) return known;
  const description = rules
    .flatMap(plugin => plugin.rules)
    .find(
      ({ name, resourceType }) =>
        name === criteria.rule && resourceType === criteria.resourceType,
    )?.description;
  const params = Object.entries(criteria.params ?? {}).map(
    ([name, value]) =>
      `${name}: ${[value]
        .flat()
        .map(each => ALIASES[String(each)] ?? JSON.stringify(each))
        .join(', ')}`,
  );
  return [
    description ?? criteria.rule,
    params.length > 0 ? ` (${params.join('; ')})` : '',
  ].join('');
}
