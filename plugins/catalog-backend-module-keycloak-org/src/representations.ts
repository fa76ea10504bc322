import { z } from 'zod';

/** UserRepresentation, as far as it is needed. */
export const userSchema = z.object({
  id: z.string().min(1),
  username: z.string().min(1),
  enabled: z.boolean().default(true),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  serviceAccountClientId: z.string().nullish(),
});

/** GroupRepresentation, as far as it is needed. */
export const groupSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  path: z.string().min(1),
  subGroupCount: z.number().nullish(),
});

/** OrganizationRepresentation, as far as it is needed. */
export const organizationSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  alias: z.string().nullish(),
});

/** RoleRepresentation, as far as it is needed. */
export const roleSchema = z.object({ name: z.string().min(1) });

/** RealmRepresentation, as far as it is needed. */
export const realmSchema = z.object({
  organizationsEnabled: z.boolean().optional(),
});

/** A user as Keycloak describes them. */
export type KeycloakUser = z.infer<typeof userSchema>;

/** A group as Keycloak describes it; the path begins with a slash. */
export type KeycloakGroup = z.infer<typeof groupSchema>;

/** An organisation as Keycloak describes it. */
export type KeycloakOrganization = z.infer<typeof organizationSchema>;

/** What `ServiceAccountConstants.SERVICE_ACCOUNT_USER_PREFIX` of Keycloak is. */
const SERVICE_ACCOUNT_PREFIX = 'service-account-';

/** Whether a user is a client's own account and no person. */
export function isServiceAccount(user: KeycloakUser): boolean {
  return (
    Boolean(user.serviceAccountClientId) ||
    (user.username.startsWith(SERVICE_ACCOUNT_PREFIX) && !user.email)
  );
}

/** What an organisation is known by: in claims, in paths of groups, in the catalog. */
export function aliasOf({ alias, name }: KeycloakOrganization): string {
  return alias || name;
}
