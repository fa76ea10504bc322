import {
  EventTypes,
  OrganizationProvider,
  ProviderServices,
} from '@formulary/plugin-organization-sync-node';
import { keycloakNames, ProviderConfig } from './config';
import { KeycloakRealm } from './KeycloakRealm';
import { KeycloakSource } from './KeycloakSource';
import { KeycloakUser } from './representations';

/** Events of the extension keycloak-events. */
const eventTypes: EventTypes = {
  source: 'keycloak',
  people:
    /^(access\.(REGISTER|UPDATE_PROFILE|UPDATE_EMAIL|VERIFY_EMAIL|DELETE_ACCOUNT)|admin\.(USER|GROUP_MEMBERSHIP|ORGANIZATION_MEMBERSHIP|REALM_ROLE_MAPPING)-(CREATE|UPDATE|DELETE))$/,
  groups: /^admin\.(GROUP|ORGANIZATION)-(CREATE|UPDATE|DELETE)$/,
};

/** The people, groups and organisations of one realm, as entities. */
export function createKeycloakProvider(
  config: ProviderConfig,
  services: ProviderServices,
): OrganizationProvider<KeycloakUser> {
  return new OrganizationProvider(
    {
      names: keycloakNames,
      settings: config,
      source: new KeycloakSource(new KeycloakRealm(config), config),
      eventTypes,
    },
    services,
  );
}
