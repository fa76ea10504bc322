import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { CatalogOrganizations } from './OrganizationDirectory';
import { offerEndSession } from './endSession';
import { createOrganizationSignInResolver } from './organizationSignInResolver';
import { readSignInOptions } from './signInOptions';

/**
 * The OIDC provider with sign-in by organisation.
 * It takes the place of `@backstage/plugin-auth-backend-module-oidc-provider`.
 *
 * @public
 */
export const authModuleOrganizationSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'organization-sign-in',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, config, httpRouter, logger, providers }) {
        offerEndSession({ config, httpRouter, logger });
        const options = readSignInOptions(config);
        providers.registerProvider({
          providerId: 'oidc',
          factory: createOAuthProviderFactory({
            authenticator: oidcAuthenticator,
            signInResolver: createOrganizationSignInResolver(
              options,
              new CatalogOrganizations(
                catalog,
                auth,
                options.subjectAnnotation,
              ),
            ),
          }),
        });
      },
    });
  },
});
