/**
 * Options of a query that PostgreSQL plans once for each connection instead of
 * every time, for those that make up most of the work. graphile-worker has its
 * own queries prepared in the same way.
 *
 * A query that names its columns goes on when another replica has added some:
 * one that asks for all of them (`*`) fails then, so that it is never prepared.
 *
 * @param name - stands for the same text always: a query whose text differs from call to call has none
 */
export function prepared(name: string): { name: string } {
  return { name: `provisioning/${name}` };
}
