import { z } from 'zod';

export const userSchema = z.object({
  id: z.string().min(1),
  username: z.string().nullish(),
  primaryEmail: z.string().nullish(),
  name: z.string().nullish(),
  isSuspended: z.boolean(),
  profile: z
    .object({
      givenName: z.string().nullish(),
      familyName: z.string().nullish(),
    })
    .nullish(),
  customData: z.record(z.string(), z.unknown()).nullish(),
});

export const roleSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
});

export const organizationSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  createdAt: z.number(),
});

export const membershipSchema = organizationSchema.extend({
  organizationRoles: z.array(roleSchema).default([]),
});

export const memberSchema = z.object({
  id: z.string().min(1),
  organizationRoles: z.array(roleSchema).default([]),
});

/** How Logto says that something went wrong; the second two are OpenID Connect's. */
export const errorSchema = z.object({
  code: z.string().optional(),
  message: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
});

/**
 * A user as Logto's Management API describes them.
 *
 * @public
 */
export type LogtoUser = z.infer<typeof userSchema>;

/**
 * A role: of the whole tenant, or of the template that all organisations share.
 *
 * @public
 */
export type LogtoRole = z.infer<typeof roleSchema>;

/**
 * An organisation. Others may have the same name; `createdAt` is in milliseconds since 1970.
 *
 * @public
 */
export type LogtoOrganization = z.infer<typeof organizationSchema>;

/**
 * An organisation of a user, with the roles that the user has in it.
 *
 * @public
 */
export type LogtoMembership = z.infer<typeof membershipSchema>;

/**
 * A member of an organisation, with their roles in it.
 *
 * @public
 */
export type LogtoMember = z.infer<typeof memberSchema>;
