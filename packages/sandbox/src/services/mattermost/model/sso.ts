import { OidcIdentity } from '../../../core/oidc-login';
import { AppError } from '../app-error';
import { newId } from './ids';
import { UserRow } from './rows';
import { Settings } from './settings';
import { Users } from './users';

/** Providers that the stand-in, a licensed server, can log in with. */
export const SSO_SERVICES = ['openid', 'gitlab'] as const;

/** One of the providers. */
export type SsoService = (typeof SSO_SERVICES)[number];

/** What a provider says of somebody, as the server keeps it. */
interface ProviderUser {
  authData: string;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
}

/** Log-in through a provider, with the server's rule of which account it lands on. */
export class SingleSignOn {
  constructor(
    private readonly users: Users,
    private readonly settings: Settings,
    private readonly now: () => number,
  ) {}

  /**
   * The provider of a name.
   *
   * @throws AppError 501 when the server has none of that name or it is off (`getSSOProvider`)
   */
  service(name: string): SsoService {
    const service = SSO_SERVICES.find(known => known === name);
    const { OpenIdSettings, GitLabSettings } = this.settings.current;
    const enabled = { openid: OpenIdSettings, gitlab: GitLabSettings };
    if (!service || !enabled[service].Enable) {
      throw new AppError(
        'api.user.authorize_oauth_user.unsupported.app_error',
        501,
        { Service: name },
        `service=${name}`,
      );
    }
    return service;
  }

  /**
   * `LoginByOAuth` (server/channels/app/oauth.go): the account of this identity,
   * else what {@link signUp} decides. Like the server, a log-in refreshes name
   * and e-mail from the provider **and activates a deactivated account**
   * (`UpdateOAuthUserAttrs`, server/channels/app/user.go).
   */
  login(service: SsoService, identity: OidcIdentity): UserRow {
    const person = providerUser(service, identity);
    const user = this.users.byAuth(person.authData, service);
    if (!user) return this.signUp(service, person);
    if (user.is_bot) {
      throw new AppError(
        'api.user.login_by_oauth.bot_login_forbidden.app_error',
        403,
      );
    }
    const isFree = (other: UserRow | undefined) =>
      other === undefined || other.id === user.id;
    return this.users.update({
      ...user,
      username: isFree(this.users.byUsername(person.username))
        ? person.username
        : user.username,
      email: isFree(this.users.byEmail(person.email))
        ? person.email
        : user.email,
      first_name: person.firstName,
      last_name: person.lastName,
      delete_at: 0,
      last_login: this.now(),
    });
  }

  /** `CreateOAuthUser` (server/channels/app/user.go), its checks in its order. */
  private signUp(service: SsoService, person: ProviderUser): UserRow {
    if (!this.settings.current.TeamSettings.EnableUserCreation) {
      throw new AppError('api.user.create_user.disabled.app_error', 501);
    }
    const sameEmail = this.users.byEmail(person.email);
    if (sameEmail) {
      throw new AppError(
        'api.user.create_oauth_user.already_attached.app_error',
        400,
        { Service: service, Auth: sameEmail.auth_service || 'email' },
        `email=${person.email}`,
      );
    }
    let { username } = person;
    for (let count = 0; this.users.byUsername(username); count += 1) {
      username = `${username}${count}`;
    }
    const now = this.now();
    return this.users.save({
      id: newId(),
      create_at: now,
      update_at: now,
      delete_at: 0,
      username,
      auth_data: person.authData,
      auth_service: service,
      password_hash: '',
      email: person.email,
      email_verified: true,
      nickname: '',
      first_name: person.firstName,
      last_name: person.lastName,
      position: '',
      roles: 'system_user',
      locale: 'en',
      props: {},
      is_bot: false,
      bot_description: '',
      bot_owner_id: '',
      last_login: now,
    });
  }
}

/** `GetUserFromJSON` of the provider. */
function providerUser(
  service: SsoService,
  { subject, username, email, claims }: OidcIdentity,
): ProviderUser {
  // The GitLab provider decodes a 64-bit number: a text does not do (app/oauthproviders/gitlab).
  const authData =
    service === 'openid'
      ? subject
      : Number.isSafeInteger(claims.id) && claims.id !== 0 && String(claims.id);
  if (!authData || !email) {
    throw new AppError('api.user.login_by_oauth.parse.app_error', 400, {
      Service: service,
    });
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    authData,
    username: cleanUsername(username ?? email.split('@')[0]),
    email: email.toLowerCase(),
    firstName: text(claims.given_name),
    lastName: text(claims.family_name),
  };
}

/** `CleanUsername`: what does not fit becomes a hyphen. */
function cleanUsername(name: string) {
  const clean = name
    .toLowerCase()
    .replace(/[^a-z0-9.\-_]/g, '-')
    .replace(/^-+|-+$/g, '');
  return clean || `a${newId()}`;
}
