import type { AccessRole } from '@formulary/plugin-access-common';
import { Person } from '../people/Directory';
import { RbacSettings } from '../rbac/rbacSettings';
import { RbacState } from '../rbac/rbacSchemas';

/** The roles that were given to somebody, to a group of theirs, or to everybody, and through what. */
export function rolesOf(
  { userRef, groups }: Pick<Person, 'userRef' | 'groups'>,
  roles: RbacState['roles'],
  { maxDepth }: Pick<RbacSettings, 'maxDepth'>,
): AccessRole[] {
  // RBAC counts the steps above the groups that the person is in themselves.
  const near = groups.filter(
    ({ path }) => maxDepth === undefined || path.length <= maxDepth + 1,
  );
  return roles.flatMap(({ name, memberReferences, metadata }) => {
    const members = memberReferences.flatMap(ref => {
      if (ref === userRef) return [{ ref, path: [] }];
      return near
        .filter(group => group.ref === ref)
        .map(({ path }) => ({ ref, path }));
    });
    // RBAC lists the role that everybody has without members.
    return members.length > 0 || memberReferences.length === 0
      ? [{ ref: name, members, source: metadata?.source ?? 'rest' }]
      : [];
  });
}
