import { LogtoClient, LogtoOrganization } from '@formulary/plugin-logto-node';
import { inParallel } from '@formulary/plugin-organization-sync-node';
import { HeldRole, heldRoleId } from './groupEntities';
import { Belongings } from './userEntity';

/** What there is to know of a Logto beside the users themselves. */
export interface LogtoStructure {
  organizations: LogtoOrganization[];
  /** The roles that somebody has in an organisation, each once. */
  heldRoles: HeldRole[];
  /** What each user belongs to, by the user's id. */
  belongings: Map<string, Belongings>;
}

/** How a Logto is read. */
export interface ReadingOptions {
  concurrency: number;
  roles: boolean;
}

/** Reads organisations, roles and who has them: ids and names, no users. */
export async function readStructure(
  logto: LogtoClient,
  { concurrency, roles }: ReadingOptions,
): Promise<LogtoStructure> {
  const belongings = new Map<string, Belongings>();
  const of = ({ id }: { id: string }): Belongings => {
    const known = belongings.get(id);
    if (known) return known;
    const none: Belongings = { organizations: [], roles: [] };
    belongings.set(id, none);
    return none;
  };

  const organizations = await logto.organizations();
  const heldRoles = new Map<string, HeldRole>();
  await inParallel(organizations, concurrency, async ({ id }) => {
    // Whoever moved between two pages comes twice.
    const met = new Set<string>();
    for await (const members of logto.members(id)) {
      for (const member of members.filter(each => !met.has(each.id))) {
        met.add(member.id);
        for (const role of member.organizationRoles) {
          heldRoles.set(heldRoleId(id, role.id), { organizationId: id, role });
        }
        const roleIds = member.organizationRoles.map(role => role.id);
        of(member).organizations.push({ id, roleIds });
      }
    }
  });

  if (roles) {
    await inParallel(await logto.roles(), concurrency, async role => {
      for await (const holders of logto.roleHolders(role.id)) {
        for (const holder of holders) of(holder).roles.push(role.name);
      }
    });
  }
  return {
    organizations,
    // In an order of their own, so that the same reading gives the same entities.
    heldRoles: [...heldRoles.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, held]) => held),
    belongings,
  };
}
