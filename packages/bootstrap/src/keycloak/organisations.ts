import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { Outcome } from '../report';

/** Makes sure of an organisation whose members have addresses of a domain. */
export async function ensureOrganisation(
  admin: KeycloakAdminClient,
  realm: string,
  { alias, domain }: { alias: string; domain: string },
): Promise<Outcome> {
  const found = await admin.organizations.find({ realm, search: alias });
  const present = found.find(organisation => organisation.alias === alias);
  if (!present) {
    await admin.organizations.create({
      realm,
      name: alias,
      alias,
      enabled: true,
      domains: [{ name: domain, verified: true }],
    });
    return 'created';
  }
  const domains = present.domains ?? [];
  if (present.enabled && domains.some(({ name }) => name === domain)) {
    return 'was there already';
  }
  await admin.organizations.updateById(
    { realm, id: present.id! },
    {
      ...present,
      enabled: true,
      domains: [
        ...domains.filter(({ name }) => name !== domain),
        { name: domain, verified: true },
      ],
    },
  );
  return 'updated';
}

/** Makes sure of a group at the top, or below another; answers its id. */
export async function ensureGroup(
  admin: KeycloakAdminClient,
  realm: string,
  name: string,
  parentId?: string,
): Promise<{ id: string; outcome: Outcome }> {
  const found = parentId
    ? await admin.groups.listSubGroups({ realm, parentId, max: 1000 })
    : await admin.groups.find({ realm, search: name, exact: true });
  const present = found.find(group => group.name === name);
  if (present?.id) return { id: present.id, outcome: 'was there already' };
  const { id } = parentId
    ? await admin.groups.createChildGroup({ realm, id: parentId }, { name })
    : await admin.groups.create({ realm, name });
  return { id, outcome: 'created' };
}
