import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { BootstrapError } from '../BootstrapError';
import { Outcome } from '../report';
import { differs } from '../differs';
import { OPENID_SCOPE, WantedClient } from './wantedClients';

/** Makes sure of a client: its settings, its secret, its mappers, its scopes. */
export async function ensureClient(
  admin: KeycloakAdminClient,
  realm: string,
  { client, mappers, scopes }: WantedClient,
): Promise<Outcome> {
  const { clientId } = client;
  const [present] = await admin.clients.find({ realm, clientId });
  const id =
    present?.id ?? (await admin.clients.create({ ...client, realm })).id;
  let changed = false;
  if (present && differs(present, client)) {
    await admin.clients.update({ realm, id }, { ...present, ...client });
    changed = true;
  }
  for (const wanted of mappers) {
    const mapper = (
      await admin.clients.listProtocolMappers({ realm, id })
    ).find(({ name }) => name === wanted.name);
    if (!mapper) {
      await admin.clients.addProtocolMapper({ realm, id }, wanted);
      changed = true;
    } else if (differs(mapper, wanted)) {
      await admin.clients.updateProtocolMapper(
        { realm, id, mapperId: mapper.id! },
        { ...mapper, ...wanted },
      );
      changed = true;
    }
  }
  for (const name of scopes) {
    const defaults = await admin.clients.listDefaultClientScopes({ realm, id });
    if (defaults.some(scope => scope.name === name)) continue;
    const scope = await admin.clientScopes.findOneByName({ realm, name });
    if (!scope) {
      throw new BootstrapError(
        `Keycloak's realm ${realm} has no client scope ${name}. Keycloak 26 or newer makes it with the realm; add it, or start with a new realm`,
      );
    }
    const link = { realm, id, clientScopeId: scope.id! };
    // An optional scope does not become a default one by being added: Keycloak ignores that.
    const optional = await admin.clients.listOptionalClientScopes({
      realm,
      id,
    });
    if (optional.some(({ id: scopeId }) => scopeId === scope.id)) {
      await admin.clients.delOptionalClientScope(link);
    }
    await admin.clients.addDefaultClientScope(link);
    changed = true;
  }
  if (!present) return 'created';
  return changed ? 'updated' : 'was there already';
}

/**
 * Makes sure of a client scope named `openid`. Keycloak's userinfo refuses a
 * token without that scope, and Mattermost's GitLab provider never asks for it:
 * with it in Mattermost's settings the server would look for the licensed provider.
 */
export async function ensureOpenidScope(
  admin: KeycloakAdminClient,
  realm: string,
): Promise<Outcome> {
  const name = OPENID_SCOPE;
  const wanted = {
    name,
    protocol: 'openid-connect',
    attributes: {
      'include.in.token.scope': 'true',
      'display.on.consent.screen': 'false',
    },
  };
  const present = await admin.clientScopes.findOneByName({ realm, name });
  if (!present) {
    await admin.clientScopes.create({ realm, ...wanted });
    return 'created';
  }
  if (!differs(present, wanted)) return 'was there already';
  await admin.clientScopes.update(
    { realm, id: present.id! },
    { ...present, ...wanted },
  );
  return 'updated';
}

/** Makes sure that a client's service account may read people, groups and organisations. */
export async function ensureReadingRights(
  admin: KeycloakAdminClient,
  realm: string,
  clientId: string,
): Promise<Outcome> {
  const idOf = async (name: string) => {
    const [found] = await admin.clients.find({ realm, clientId: name });
    if (!found?.id) {
      throw new BootstrapError(
        `Keycloak's realm ${realm} has no client ${name}`,
      );
    }
    return found.id;
  };
  const account = await admin.clients.getServiceAccountUser({
    realm,
    id: await idOf(clientId),
  });
  const management = await idOf('realm-management');
  const role = (roleName: string) =>
    admin.clients.findRole({ realm, id: management, roleName });
  const wanted = [
    await role('view-users'),
    await role('query-users'),
    await role('query-groups'),
    // Roles, and whether there are organisations.
    await role('view-realm'),
    // Keycloak 26.4 has none.
    await role('view-organizations'),
  ].flatMap(found =>
    found?.id && found.name ? [{ id: found.id, name: found.name }] : [],
  );
  const present = await admin.users.listClientRoleMappings({
    realm,
    id: account.id!,
    clientUniqueId: management,
  });
  const missing = wanted.filter(
    ({ name }) => !present.some(mapping => mapping.name === name),
  );
  if (missing.length === 0) return 'was there already';
  await admin.users.addClientRoleMappings({
    realm,
    id: account.id!,
    clientUniqueId: management,
    roles: missing,
  });
  return 'updated';
}
