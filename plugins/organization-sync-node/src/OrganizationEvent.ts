import { z } from 'zod';

/**
 * An event about people or groups of an identity provider.
 *
 * @public
 */
export interface OrganizationEvent {
  about: 'people' | 'groups' | 'everything';
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
  membersOf: z.string().optional(),
});

/**
 * Which events of an identity provider matter.
 *
 * @public
 */
export interface EventTypes {
  /** `source` of the events: `keycloak` or `logto`. */
  source: string;
  people: RegExp;
  groups: RegExp;
}

/**
 * Reads an event; undefined when it is of another identity provider, or changes nobody.
 *
 * @throws ZodError when it has another shape
 */
export function readOrganizationEvent(
  payload: unknown,
  types: EventTypes,
): OrganizationEvent | undefined {
  const event = payloadSchema.parse(payload);
  const { type, subjects, username } = event;
  if (event.source !== types.source) return undefined;
  if (types.groups.test(type)) return { about: 'groups', subjects: [] };
  if (!types.people.test(type)) return undefined;
  // It does not name all of them.
  if (event.membersOf) return { about: 'everything', subjects: [] };
  return { about: 'people', subjects, username };
}
