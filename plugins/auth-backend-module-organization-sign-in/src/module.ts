import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
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
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        providers.registerProvider({
          providerId: 'oidc',
          factory: createOAuthProviderFactory({
            authenticator: oidcAuthenticator,
            signInResolver: createOrganizationSignInResolver(
              readSignInOptions(config),
            ),
          }),
        });
      },
    });
  },
});
