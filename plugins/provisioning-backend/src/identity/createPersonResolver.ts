import { AuthService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { CatalogPersons } from './CatalogPersons';
import { KeycloakAdmin } from './KeycloakAdmin';
import { KeycloakDirectory } from './KeycloakDirectory';
import { PersonResolver } from './PersonResolver';

/**
 * Sets up the sources of persons as the config says.
 *
 * @throws InputError when the config does not say who the identity provider is
 */
export function createPersonResolver(options: {
  config: Config;
  database: ProvisioningDatabase;
  catalog: CatalogService;
  auth: AuthService;
}): PersonResolver {
  const { config, database, catalog, auth } = options;
  const keycloak = KeycloakAdmin.fromConfig(config);
  const issuer =
    config.getOptionalString('provisioning.issuer') ?? keycloak?.issuer;
  if (!issuer) {
    throw new InputError(
      'Set provisioning.issuer to the issuer URL of the identity provider, or set provisioning.keycloak',
    );
  }
  return new PersonResolver(
    database.persons,
    new CatalogPersons(catalog, auth, { issuer, realm: keycloak?.realm }),
    keycloak && new KeycloakDirectory(keycloak, issuer),
    issuer,
  );
}
