import { OAuth2, OAuth2CreateOptions } from '@backstage/core-app-api';
import type {
  AuthRequestOptions,
  BackstageIdentityApi,
  ConfigApi,
  OpenIdConnectApi,
  ProfileInfoApi,
  SessionApi,
} from '@backstage/frontend-plugin-api';

type Session = OpenIdConnectApi &
  ProfileInfoApi &
  BackstageIdentityApi &
  SessionApi;

/** A configuration whose sign-ins open a window of their own. */
function withoutRedirects(configApi: ConfigApi): ConfigApi {
  return new Proxy(configApi, {
    get(target, name) {
      if (name === 'getOptionalBoolean') {
        return (key: string) =>
          key === 'enableExperimentalRedirectFlow'
            ? false
            : target.getOptionalBoolean(key);
      }
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * Sign-in at the identity provider. The first one leaves the page and comes back,
 * which every browser allows; one that is asked for while somebody works, because
 * their session has ended, opens a window of its own and keeps what they have done
 * on the page.
 */
export class OidcAuth implements Session {
  #userEntityRef?: string;

  constructor(
    private readonly first: Pick<BackstageIdentityApi, 'getBackstageIdentity'>,
    private readonly session: Session,
    /** Loads the page anew. */
    private readonly reload: () => void,
  ) {}

  static create(options: OAuth2CreateOptions & { configApi: ConfigApi }) {
    return new OidcAuth(
      OAuth2.create(options),
      OAuth2.create({
        ...options,
        configApi: withoutRedirects(options.configApi),
      }),
      () => window.location.reload(),
    );
  }

  /** Stays pending when another person has signed in meanwhile: the page is loaded anew, as theirs. */
  async getBackstageIdentity(options?: AuthRequestOptions) {
    if (options?.instantPopup) return this.first.getBackstageIdentity(options);
    const response = await this.session.getBackstageIdentity(options);
    if (!response) return undefined;
    const { userEntityRef } = response.identity;
    this.#userEntityRef ??= userEntityRef;
    if (this.#userEntityRef === userEntityRef) return response;
    this.reload();
    return new Promise<never>(() => {});
  }

  getProfile(options?: AuthRequestOptions) {
    return this.session.getProfile(options);
  }

  getIdToken(options?: AuthRequestOptions) {
    return this.session.getIdToken(options);
  }

  signIn() {
    return this.session.signIn();
  }

  signOut() {
    return this.session.signOut();
  }

  sessionState$() {
    return this.session.sessionState$();
  }
}
