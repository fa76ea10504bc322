import { NetworkError } from '@keycloak/keycloak-admin-client';
import { z } from 'zod';
import { BootstrapError } from '../BootstrapError';

/**
 * Runs calls of Keycloak's Admin API; what goes wrong is told to people.
 *
 * @throws BootstrapError for every failure
 */
export async function explained<T>(
  url: string,
  action: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BootstrapError) throw error;
    throw new BootstrapError(
      `Keycloak could not ${action}: ${reason(url, error)}`,
      { cause: error },
    );
  }
}

function reason(url: string, error: unknown): string {
  if (!(error instanceof NetworkError)) {
    const cause = connectionProblem(error);
    return cause
      ? `${url} does not answer (${cause}). Check KEYCLOAK_URL and whether it runs`
      : String(error);
  }
  switch (error.response.status) {
    case 401:
      return 'it refuses the credentials. KEYCLOAK_ADMIN_USERNAME and KEYCLOAK_ADMIN_PASSWORD must be those of an administrator of the realm master';
    case 403:
      return 'KEYCLOAK_ADMIN_USERNAME may not do this. Use an administrator of the realm master';
    default:
      return `${error.message} (HTTP ${error.response.status})`;
  }
}

/** Whether Keycloak says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof NetworkError && error.response.status === 404;
}

/** What the system says of a connection that failed; `fetch` hides it in the cause. */
function connectionProblem(error: unknown): string | undefined {
  const { data } = z
    .object({ cause: z.object({ code: z.string() }) })
    .safeParse(error);
  return data?.cause.code;
}
