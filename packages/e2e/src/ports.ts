/** First port of the sandbox that the journeys run against, apart from a developer's own. */
export const PORT_BASE = 17200;

/** Port of the portal under test. */
export const PORTAL_PORT = 17007;

/**
 * Address of a portal that runs already, with services that are not the sandbox's:
 * `FORMULARY_E2E_PORTAL`. Beside it `FORMULARY_E2E_CREDENTIALS` names a file like the
 * sandbox's `credentials.json`.
 */
export const runningPortal = process.env.FORMULARY_E2E_PORTAL || undefined;

/** Address of the portal under test. */
export const portal = runningPortal ?? `http://localhost:${PORTAL_PORT}`;

/** Address of the sandbox's control API. */
export const control = `http://localhost:${PORT_BASE + 6}`;
