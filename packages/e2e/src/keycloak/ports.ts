/** First port of the sandbox around the real Keycloak, apart from that of the other journeys. */
export const PORT_BASE = 17300;

/** Port of Keycloak: the one that its stand-in would have. */
export const KEYCLOAK_PORT = PORT_BASE + 1;

/** Port of the portal under test. */
export const PORTAL_PORT = 17107;

/** Address of the portal under test. */
export const portal = `http://localhost:${PORTAL_PORT}`;

/** Address of Keycloak. */
export const keycloakUrl = `http://localhost:${KEYCLOAK_PORT}`;
