import { AuthService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { CatalogPersons } from './CatalogPersons';
import { KeycloakAdmin } from './KeycloakAdmin';
import { KeycloakDirectory } from './KeycloakDirectory';
import { LogtoDirectory } from './LogtoDirectory';
import { PersonDirectory } from './PersonDirectory';
import { PersonResolver } from './PersonResolver';
import { readLogtoClient } from './readLogtoClient';

// Written by plugins/catalog-backend-module-keycloak-org and -logto-org (annotations.ts).
const KEYCLOAK_ID_ANNOTATION = 'keycloak.org/id';
const LOGTO_ID_ANNOTATION = 'logto.io/id';

/**
 * Sets up the sources of persons as the config says.
 *
 * @throws InputError when the config does not say who the identity provider is, or names two
 */
export function createPersonResolver(options: {
  config: Config;
  database: ProvisioningDatabase;
  catalog: CatalogService;
  auth: AuthService;
  /** Whether rules ask for people's roles. */
  withRoles?: boolean;
}): PersonResolver {
  const { config, database, catalog, auth, withRoles } = options;
  const identityProvider = readIdentityProvider(config, withRoles);
  const issuer =
    config.getOptionalString('provisioning.issuer') ?? identityProvider.issuer;
  if (!issuer) {
    throw new InputError(
      'Set provisioning.issuer to the issuer URL of the identity provider, or set provisioning.keycloak or provisioning.logto',
    );
  }
  const { idAnnotation, realm, directory } = identityProvider;
  return new PersonResolver(
    database.persons,
    new CatalogPersons(catalog, auth, { issuer, idAnnotation, realm }),
    directory?.(issuer),
    issuer,
  );
}

interface IdentityProvider {
  idAnnotation: string;
  issuer?: string;
  realm?: string;
  directory?: (issuer: string) => PersonDirectory;
}

function readIdentityProvider(
  config: Config,
  withRoles = false,
): IdentityProvider {
  const keycloak = KeycloakAdmin.fromConfig(config);
  const logto = readLogtoClient(config);
  if (keycloak && logto) {
    throw new InputError(
      'Both provisioning.keycloak and provisioning.logto are set. People have one identity provider; take the other one out',
    );
  }
  if (logto) {
    return {
      idAnnotation: LOGTO_ID_ANNOTATION,
      issuer: logto.issuer,
      directory: issuer => new LogtoDirectory(logto, issuer),
    };
  }
  return {
    idAnnotation: KEYCLOAK_ID_ANNOTATION,
    issuer: keycloak?.issuer,
    realm: keycloak?.realm,
    directory:
      keycloak &&
      (issuer => new KeycloakDirectory(keycloak, issuer, withRoles)),
  };
}
