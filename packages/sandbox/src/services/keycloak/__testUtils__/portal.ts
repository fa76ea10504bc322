import type { SandboxCredentials } from '../../../core/credentials';
import { ClientCredentials } from './oidc-client';

/** The portal as a client of the realm. */
export function portalClient({
  portal,
  services,
}: SandboxCredentials): ClientCredentials {
  return {
    clientId: services.keycloak.clientId,
    clientSecret: services.keycloak.clientSecret,
    redirectUri: `${portal.url}/api/auth/oidc/handler/frame`,
  };
}

/** A seeded person, with the password of this clone. */
export function personCalled(
  { people }: SandboxCredentials,
  wanted: string,
): SandboxCredentials['people'][number] {
  const person = people.find(({ username }) => username === wanted);
  if (!person) throw new Error(`nobody is called ${wanted}`);
  return person;
}
