import { createHash } from 'node:crypto';

/** Longest name of an entity (`CommonValidatorFunctions.isValidObjectName` of @backstage/catalog-model). */
const MAX_LENGTH = 63;

const VALID = /^[A-Za-z0-9]([A-Za-z0-9\-_.]*[A-Za-z0-9])?$/;

/** A short mark of an id, always the same for the same one. */
function markOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 8);
}

/**
 * A name with the mark of an id, which no other id's name has.
 *
 * @public
 */
export function markedName(name: string, id: string): string {
  const mark = markOf(id);
  const head = name
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, MAX_LENGTH - mark.length - 1)
    .replace(/[^A-Za-z0-9]+$/, '');
  return head ? `${head}-${mark}` : mark;
}

/**
 * The entity's name for a name of the identity provider: what a name may not hold
 * is replaced; one that is no name even so gets the mark of its id.
 *
 * @public
 */
export function entityName(name: string, id: string): string {
  const plain = name.replace(/[^a-zA-Z0-9\-_.]/g, '-');
  return plain.length <= MAX_LENGTH && VALID.test(plain)
    ? plain
    : markedName(plain, id);
}

/**
 * The catalog does not tell upper from lower case.
 *
 * @public
 */
export function sameName(name: string): string {
  return name.toLocaleLowerCase('en-US');
}

/**
 * A group that wants a name.
 *
 * @public
 */
export interface Named {
  id: string;
  /** Such as `/acme/developers`. */
  path: string;
  name: string;
}

/**
 * Names of groups by id. A group has its own name where no other group and no
 * organisation has it; those that share one are all called by their paths, such
 * as `acme.developers`, so that none of them is taken for another.
 *
 * @param reserved - names that no group may have: the organisations'
 *
 * @public
 */
export function groupNames(
  groups: Named[],
  reserved: Iterable<string>,
): Map<string, string> {
  const names = new Map<string, string>();
  const own = count([
    ...[...reserved].map(sameName),
    ...groups.map(({ name, id }) => sameName(entityName(name, id))),
  ]);
  const sharing = groups.filter(({ id, name }) => {
    const plain = entityName(name, id);
    if (own.get(sameName(plain)) !== 1) return true;
    names.set(id, plain);
    return false;
  });
  const byPath = (group: Named) =>
    entityName(
      group.path.split('/').filter(Boolean).join('.'),
      // A path that is too long for a name is told apart by the id.
      group.id,
    );
  const paths = count(sharing.map(group => sameName(byPath(group))));
  for (const group of sharing) {
    const name = byPath(group);
    const isFree = paths.get(sameName(name)) === 1 && !own.has(sameName(name));
    names.set(group.id, isFree ? name : markedName(name, group.id));
  }
  return names;
}

function count(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
