import { GroupEntity } from '@backstage/catalog-model';
import {
  LogtoOrganization,
  LogtoRole,
  organizationNames,
} from '@formulary/plugin-logto-node';
import {
  entityName,
  groupNames,
} from '@formulary/plugin-organization-sync-node';
import {
  LOGTO_ORGANIZATION_ROLE_ANNOTATION,
  LOGTO_ORGANIZATIONS_ANNOTATION,
} from './annotations';
import { Origin } from './Origin';

/** A role that somebody has in an organisation. */
export interface HeldRole {
  organizationId: string;
  role: LogtoRole;
}

/** What stands for a role in an organisation, where Logto has no id of its own. */
export function heldRoleId(organizationId: string, roleId: string): string {
  return `${organizationId}:${roleId}`;
}

/**
 * Organisations as entities, then the roles that people have in them: groups such
 * as `acme.lead` below `acme`.
 */
export function groupEntities(
  organizations: LogtoOrganization[],
  heldRoles: HeldRole[],
  origin: Origin,
): GroupEntity[] {
  const names = organizationNames(organizations);
  const roleNames = groupNames(
    heldRoles.map(({ organizationId, role }) => {
      const id = heldRoleId(organizationId, role.id);
      const name = `${names.get(organizationId)}.${entityName(
        role.name,
        role.id,
      )}`;
      return { id, name, path: `/${name}` };
    }),
    names.values(),
  );
  return [
    ...organizations.map(({ id, name }): GroupEntity => {
      const path = `organizations/${encodeURIComponent(id)}`;
      return {
        apiVersion: 'backstage.io/v1beta1',
        kind: 'Group',
        metadata: {
          name: names.get(id)!,
          annotations: {
            ...origin.annotations(id, path),
            [LOGTO_ORGANIZATIONS_ANNOTATION]: id,
          },
        },
        spec: {
          type: 'organization',
          profile: { displayName: name },
          children: [],
        },
      };
    }),
    ...heldRoles.map(({ organizationId, role }): GroupEntity => {
      const id = heldRoleId(organizationId, role.id);
      const path = `organizations/${encodeURIComponent(
        organizationId,
      )}/users?organizationRoleId=${encodeURIComponent(role.id)}`;
      return {
        apiVersion: 'backstage.io/v1beta1',
        kind: 'Group',
        metadata: {
          name: roleNames.get(id)!,
          annotations: {
            ...origin.annotations(id, path),
            [LOGTO_ORGANIZATIONS_ANNOTATION]: organizationId,
            [LOGTO_ORGANIZATION_ROLE_ANNOTATION]: role.name,
          },
        },
        spec: {
          type: 'organization-role',
          profile: { displayName: role.name },
          parent: names.get(organizationId),
          // The parents say it already.
          children: [],
        },
      };
    }),
  ];
}
