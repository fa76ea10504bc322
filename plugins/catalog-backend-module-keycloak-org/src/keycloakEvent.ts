import { z } from 'zod';

/** An event about people or groups of Keycloak. */
export interface KeycloakEvent {
  about: 'people' | 'groups';
  /** Ids of the people whom it is about. */
  subjects: string[];
  /** Their name, where the event says no id. */
  username?: string;
}

/** What `provisioning-backend` publishes (`IdentityProviderEvent`). */
const payloadSchema = z.object({
  source: z.string(),
  type: z.string(),
  subjects: z.array(z.string()),
  username: z.string().optional(),
});

const ABOUT_PEOPLE =
  /^(access\.(REGISTER|UPDATE_PROFILE|UPDATE_EMAIL|VERIFY_EMAIL|DELETE_ACCOUNT)|admin\.(USER|GROUP_MEMBERSHIP|ORGANIZATION_MEMBERSHIP|REALM_ROLE_MAPPING)-(CREATE|UPDATE|DELETE))$/;

const ABOUT_GROUPS = /^admin\.(GROUP|ORGANIZATION)-(CREATE|UPDATE|DELETE)$/;

/**
 * Reads an event; undefined when it is none of Keycloak, or changes nobody.
 *
 * @throws ZodError when it has another shape
 */
export function readKeycloakEvent(payload: unknown): KeycloakEvent | undefined {
  const { source, type, subjects, username } = payloadSchema.parse(payload);
  if (source !== 'keycloak') return undefined;
  if (ABOUT_GROUPS.test(type)) return { about: 'groups', subjects: [] };
  if (!ABOUT_PEOPLE.test(type)) return undefined;
  return { about: 'people', subjects, username };
}
