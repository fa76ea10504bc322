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
import { keepCookiesHome } from './keepCookiesHome';
import { createOrganizationSignInResolver } from './organizationSignInResolver';
import { createRedirectGuard } from './redirectGuard';
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
        // Modules start before their plugin: these are asked before the routes of sign-in.
        const { protocol } = new URL(config.getString('backend.baseUrl'));
        httpRouter.use(keepCookiesHome({ https: protocol === 'https:' }));
        httpRouter.use(createRedirectGuard(config.getString('app.baseUrl')));
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
