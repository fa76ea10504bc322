/**
 * The reason why the backend refused a sign-in. It arrives as the query
 * parameter `error` of the page that the redirect flow returns to
 * (`createOAuthRouteHandlers` of `@backstage/plugin-auth-node`), and is taken
 * out of the address so that the next try does not carry it along.
 */
export function takeSignInError(): string | undefined {
  const url = new URL(window.location.href);
  const error = url.searchParams.get('error');
  if (!error) return undefined;
  url.searchParams.delete('error');
  window.history.replaceState(window.history.state, '', url);
  return error;
}
