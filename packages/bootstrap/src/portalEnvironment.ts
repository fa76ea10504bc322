import { Settings } from './settings';

/** Every variable that app-config.production.yaml reads. */
export const PORTAL_VARIABLES = [
  'PORTAL_URL',
  'AUTH_SESSION_SECRET',
  'SUPPORT_CONTACT',
  'PLATFORM_ADMIN_GROUP',
  'POSTGRES_HOST',
  'POSTGRES_PORT',
  'POSTGRES_USER',
  'POSTGRES_PASSWORD',
  'OIDC_METADATA_URL',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'KEYCLOAK_URL',
  'KEYCLOAK_REALM',
  'KEYCLOAK_CLIENT_ID',
  'KEYCLOAK_CLIENT_SECRET',
  'KEYCLOAK_WEBHOOK_SECRET',
  'GITEA_URL',
  'GITEA_HOST',
  'GITEA_USERNAME',
  'GITEA_TOKEN',
  'GITEA_OAUTH_SOURCE_ID',
  'CODER_URL',
  'CODER_TOKEN',
  'MATTERMOST_URL',
  'MATTERMOST_TOKEN',
  'MATTERMOST_SSO_MODE',
  'TWENTY_URL',
  'TWENTY_TOKEN',
] as const;

/** What the portal needs besides what the services gave. */
export function ownVariables(
  settings: Settings<'portal'>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, String(value)]),
  );
}

/**
 * The same for `yarn test:contract`: what `startTarget` and the suites of
 * packages/sandbox/src/contract read.
 */
export function contractVariables(
  portal: Record<string, string>,
): Record<string, string> {
  const names: Array<[contract: string, own: string]> = [
    ['GITEA_URL', 'GITEA_URL'],
    ['GITEA_TOKEN', 'GITEA_TOKEN'],
    ['GITEA_USERNAME', 'GITEA_USERNAME'],
    ['GITEA_SOURCE', 'GITEA_OAUTH_SOURCE_ID'],
    ['CODER_URL', 'CODER_URL'],
    ['CODER_TOKEN', 'CODER_TOKEN'],
    ['MATTERMOST_URL', 'MATTERMOST_URL'],
    ['MATTERMOST_TOKEN', 'MATTERMOST_TOKEN'],
    ['TWENTY_URL', 'TWENTY_URL'],
    ['TWENTY_TOKEN', 'TWENTY_TOKEN'],
  ];
  return Object.fromEntries(
    names.flatMap(([contract, own]) =>
      portal[own] ? [[`FORMULARY_CONTRACT_${contract}`, portal[own]]] : [],
    ),
  );
}
