/** Identity providers, by the module that reads them. */
const SOURCES: Record<string, string> = {
  'keycloak-org': 'Keycloak',
  'logto-org': 'Logto',
};

/** Where a module reads from. */
export const sourceOf = (module: string): string => SOURCES[module] ?? module;

const plural = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

/** How many people and groups, in words. */
export function countWords(count: { users: number; groups: number }): string {
  const users = plural(count.users, 'person', 'people');
  const groups = plural(count.groups, 'group', 'groups');
  if (count.groups === 0) return users;
  return count.users === 0 ? groups : `${users} and ${groups}`;
}

/** A ref for people, such as `user alice`. */
export const nameOf = (ref: string) => ref.replace(/:default\//, ' ');
