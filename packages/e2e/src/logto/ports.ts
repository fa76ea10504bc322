/** First port of the sandbox beside Logto's stand-in, apart from those of the other journeys. */
export const PORT_BASE = Number(process.env.FORMULARY_E2E_LOGTO_PORTS ?? 17400);

/** Port of Logto's stand-in. */
export const LOGTO_PORT = PORT_BASE + 20;

/** Address of Logto's stand-in. */
export const logtoUrl = `http://localhost:${LOGTO_PORT}`;

/** Port of the portal under test. */
export const PORTAL_PORT = PORT_BASE + 21;

/** Address of the portal under test. */
export const portal = `http://localhost:${PORTAL_PORT}`;
