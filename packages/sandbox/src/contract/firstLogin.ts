import type { SandboxCredentials } from '../core/credentials';
import type { ContractTarget } from './target';

/** Somebody who can log in at the identity provider of a target. */
export interface Visitor {
  username: string;
  password: string;
  email: string;
  /** The `sub` claim. */
  subject: string;
}

/** Whether the target of a service lets somebody log in: the sandbox does, a real server when the environment names a person. */
export function letsLogIn(service: string): boolean {
  const prefix = `FORMULARY_CONTRACT_${service.toUpperCase()}_`;
  return (
    !process.env[`${prefix}URL`] ||
    Boolean(process.env[`${prefix}LOGIN_USERNAME`])
  );
}

/**
 * The person who logs in: one of the sandbox, or the one whom
 * `FORMULARY_CONTRACT_<SERVICE>_LOGIN_USERNAME`, `_LOGIN_PASSWORD`,
 * `_LOGIN_EMAIL` and `_LOGIN_SUBJECT` describe. They must have no account yet.
 *
 * @throws Error that names what is missing
 */
export async function visitorOf(
  { credentials, settings }: ContractTarget,
  username: string,
): Promise<Visitor> {
  if (credentials) return sandboxVisitor(credentials, username);
  const [name, password, email, subject] = [
    'login_username',
    'login_password',
    'login_email',
    'login_subject',
  ].map(key => {
    const value = settings[key];
    if (!value) throw new Error(`…_${key.toUpperCase()} is missing`);
    return value;
  });
  return { username: name, password, email, subject };
}

async function sandboxVisitor(
  { people, services }: SandboxCredentials,
  username: string,
): Promise<Visitor> {
  const person = people.find(one => one.username === username);
  if (!person) throw new Error(`The sandbox has no ${username}`);
  const { url, realm, clientId, clientSecret } = services.keycloak;
  const tokens = await fetch(
    `${url}/realms/${realm}/protocol/openid-connect/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    },
  );
  const { access_token: token } = await tokens.json();
  const users = await fetch(
    `${url}/admin/realms/${realm}/users?username=${username}&exact=true`,
    { headers: { Authorization: `Bearer ${token}` } },
  );
  const [{ id }] = await users.json();
  return { ...person, subject: id };
}
