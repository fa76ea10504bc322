import { Person } from '@formulary/plugin-provisioning-common';

/** Whom a rule is for. What is left out holds for everybody; of a list, one is enough. */
export interface RuleMatch {
  organisation?: string[];
  group?: string[];
  role?: string[];
}

type Asked = Pick<Person, 'organisation' | 'groups' | 'roles'>;

/** Whether a rule is for a person, and why or why not. */
export function matchRule(
  match: RuleMatch,
  { organisation, groups, roles = [] }: Asked,
): { matches: boolean; because: string } {
  const criteria = [
    {
      what: 'organisation',
      wanted: match.organisation,
      found: (name: string) => same(name, organisation),
    },
    {
      what: 'group',
      wanted: match.group,
      found: (name: string) => groups.some(group => isWithin(group, name)),
    },
    {
      what: 'role',
      wanted: match.role,
      found: (name: string) => roles.some(role => same(name, role)),
    },
  ];
  const met: string[] = [];
  for (const { what, wanted, found } of criteria) {
    if (!wanted) continue;
    const hit = wanted.find(found);
    if (hit === undefined) {
      return { matches: false, because: `not in ${what} ${either(wanted)}` };
    }
    met.push(`${what} ${hit}`);
  }
  return { matches: true, because: met.join(' and ') || 'for everybody' };
}

function same(one: string, other: string): boolean {
  return one.toLocaleLowerCase('en-US') === other.toLocaleLowerCase('en-US');
}

/**
 * Whether a group is the one that a rule names or, when the rule has its path,
 * below it. A name without a path means every group of that name, also of
 * another organisation.
 */
function isWithin(group: string, wanted: string): boolean {
  if (!wanted.startsWith('/')) {
    return same(group.slice(group.lastIndexOf('/') + 1), wanted);
  }
  return (
    same(group, wanted) || same(group.slice(0, wanted.length + 1), `${wanted}/`)
  );
}

function either(names: string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
}
