import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { CurrentUserInfo, KeptAnswers } from './CurrentUserInfo';
import { SignInClaimsReader } from './SignInClaims';

/**
 * Takes the place of Backstage's user info service, whose groups are those of
 * the last sign-in, for as long as its token is good.
 *
 * @public
 */
export const currentUserInfoServiceFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: {
    auth: coreServices.auth,
    catalog: catalogServiceRef,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
  },
  createRootContext: (): KeptAnswers => new Map(),
  factory({ auth, catalog, config, discovery }, kept) {
    return new CurrentUserInfo({
      auth,
      catalog,
      claims: new SignInClaimsReader(discovery, auth),
      subjectAnnotation:
        config.getOptionalString('auth.organizationSignIn.subjectAnnotation') ??
        'keycloak.org/id',
      kept,
    });
  },
});
