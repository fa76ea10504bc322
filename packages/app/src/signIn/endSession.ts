import type {
  DiscoveryApi,
  OpenIdConnectApi,
} from '@backstage/frontend-plugin-api';

const KEY = 'formulary:end-session';

/**
 * Where the browser has to go after signing out of the portal, so that the
 * session at the identity provider ends too; undefined when the provider has
 * no such address (OpenID Connect RP-Initiated Logout 1.0, section 2).
 *
 * @throws Error when the backend can not tell
 */
export async function readEndSessionUrl(options: {
  authApi: OpenIdConnectApi;
  discoveryApi: DiscoveryApi;
  /** Address that the identity provider leads back to. */
  returnTo: string;
}): Promise<string | undefined> {
  const { authApi, discoveryApi, returnTo } = options;
  const base = await discoveryApi.getBaseUrl('auth');
  const response = await fetch(`${base}/organization-sign-in/end-session`);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error?.message ?? response.statusText);
  if (!body.url) return undefined;
  const url = new URL(body.url);
  const idToken = await authApi.getIdToken({ optional: true });
  if (idToken) url.searchParams.set('id_token_hint', idToken);
  url.searchParams.set('post_logout_redirect_uri', returnTo);
  return url.href;
}

/** Keeps the address over the page load with which Backstage ends a session. */
export function keepEndSession(url: string): void {
  window.sessionStorage.setItem(KEY, url);
}

/** The address that was kept, once. */
export function takeEndSession(): string | undefined {
  const url = window.sessionStorage.getItem(KEY) ?? undefined;
  window.sessionStorage.removeItem(KEY);
  return url;
}
