import { Realm } from '../model/realm';
import { GroupRow, OrganizationRow, RoleRow, UserRow } from '../model/rows';

/** UserRepresentation; brief leaves out attributes and what hangs on the account. */
export function userRepresentation(user: UserRow, brief = false) {
  const representation = {
    id: user.id,
    username: user.username,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    emailVerified: user.emailVerified,
    createdTimestamp: user.createdTimestamp,
    enabled: user.enabled,
    access: {
      manageGroupMembership: true,
      resetPassword: true,
      view: true,
      mapRoles: true,
      impersonate: false,
      manage: true,
    },
  };
  if (brief) return representation;
  return {
    ...representation,
    attributes: user.attributes,
    totp: false,
    disableableCredentialTypes: [],
    requiredActions: user.requiredActions,
    notBefore: 0,
  };
}

/**
 * GroupRepresentation. Since Keycloak 23 `subGroups` is empty and the groups
 * below are read with `/groups/{id}/children`; `subGroupCount` says how many.
 */
export function groupRepresentation(
  realm: Realm,
  group: GroupRow,
  brief = false,
) {
  const representation = {
    id: group.id,
    name: group.name,
    path: realm.groups.path(group),
    parentId: group.parentId,
    subGroupCount: realm.groups.children(group.id).length,
    subGroups: [] as unknown[],
    access: {
      view: true,
      viewMembers: true,
      manageMembers: true,
      manage: true,
      manageMembership: true,
    },
  };
  if (brief) return representation;
  return {
    ...representation,
    attributes: group.attributes,
    realmRoles: [],
    clientRoles: {},
  };
}

/** OrganizationRepresentation; brief leaves out attributes. */
export function organizationRepresentation(
  organization: OrganizationRow,
  brief = false,
) {
  const { attributes, ...representation } = organization;
  return brief ? representation : { ...representation, attributes };
}

/** RoleRepresentation of a realm role. */
export function roleRepresentation(realm: Realm, role: RoleRow) {
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    composite: false,
    clientRole: false,
    containerId: realm.id,
  };
}
