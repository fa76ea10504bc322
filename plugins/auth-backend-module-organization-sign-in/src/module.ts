import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  oidcAuthenticator,
  oidcSignInResolvers,
} from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { organizationSignInResolver } from './organizationSignInResolver';

/**
 * The OIDC provider with the `organization` sign-in resolver besides the stock ones.
 * It takes the place of `@backstage/plugin-auth-backend-module-oidc-provider`.
 *
 * @public
 */
export const authModuleOrganizationSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'organization-sign-in',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'oidc',
          factory: createOAuthProviderFactory({
            authenticator: oidcAuthenticator,
            signInResolverFactories: {
              organization: organizationSignInResolver,
              ...oidcSignInResolvers,
            },
          }),
        });
      },
    });
  },
});
