import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A complete environment, with services that do not exist. */
export const environment: Record<string, string> = {
  PORTAL_URL: 'http://portal.test:7007',
  AUTH_SESSION_SECRET: 'secret-of-sessions',
  SUPPORT_CONTACT: 'help@example.com',
  PLATFORM_ADMIN_GROUP: 'group:default/platform',
  POSTGRES_HOST: 'postgres',
  POSTGRES_PORT: '5432',
  POSTGRES_USER: 'formulary',
  POSTGRES_PASSWORD: 'secret-of-postgres',
  KEYCLOAK_URL: 'http://127.0.0.1:65534',
  KEYCLOAK_REALM: 'formulary',
  KEYCLOAK_ADMIN_USERNAME: 'admin',
  KEYCLOAK_ADMIN_PASSWORD: 'admin-password',
  KEYCLOAK_WEBHOOK_SECRET: 'secret-of-webhook',
  KEYCLOAK_CLIENT_SECRET: 'secret-of-sync',
  OIDC_CLIENT_SECRET: 'secret-of-sign-in',
  ORGANISATIONS: 'home=home.example,acme=acme.example',
  FIRST_PERSON_USERNAME: 'priya',
  FIRST_PERSON_EMAIL: 'priya@home.example',
  FIRST_PERSON_PASSWORD: 'password-of-priya',
  GITEA_URL: 'http://127.0.0.1:65534',
  GITEA_ADMIN_USERNAME: 'formulary-bot',
  GITEA_ADMIN_PASSWORD: 'password-of-gitea',
  GITEA_ADMIN_EMAIL: 'bot@home.example',
  GITEA_LOGIN_SECRET: 'secret-of-gitea',
  CODER_URL: 'http://127.0.0.1:65534',
  CODER_ADMIN_USERNAME: 'formulary-bot',
  CODER_ADMIN_EMAIL: 'bot@home.example',
  CODER_ADMIN_PASSWORD: 'password-of-coder',
  CODER_LOGIN_SECRET: 'secret-of-coder',
  MATTERMOST_URL: 'http://127.0.0.1:65534',
  MATTERMOST_ADMIN_USERNAME: 'formulary-admin',
  MATTERMOST_ADMIN_EMAIL: 'bot@home.example',
  MATTERMOST_ADMIN_PASSWORD: 'password-of-mattermost',
  MATTERMOST_SSO_MODE: 'gitlab',
  MATTERMOST_LOGIN_SECRET: 'secret-of-mattermost',
  TWENTY_URL: 'http://127.0.0.1:65534',
  TWENTY_ADMIN_EMAIL: 'bot@home.example',
  TWENTY_ADMIN_PASSWORD: 'password-of-twenty',
  TWENTY_LOGIN_SECRET: 'secret-of-twenty',
};

/** A folder of a test's own. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'formulary-bootstrap-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
