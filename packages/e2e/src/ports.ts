/** First port of the sandbox that the journeys run against, apart from a developer's own. */
export const PORT_BASE = 17200;

/** Port of the portal under test. */
export const PORTAL_PORT = 17007;

/** Address of the portal under test. */
export const portal = `http://localhost:${PORTAL_PORT}`;

/** Address of the sandbox's control API. */
export const control = `http://localhost:${PORT_BASE + 6}`;
