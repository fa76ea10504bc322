import { z } from 'zod';

/**
 * The `organization` claim: Keycloak sends an object keyed by alias when it adds
 * attributes or ids, else a list of aliases (Keycloak's documentation,
 * "Mapping organization claims").
 */
const organizationClaim = z
  .union([z.array(z.string()), z.record(z.string(), z.unknown())])
  .transform(claim => (Array.isArray(claim) ? claim : Object.keys(claim)));

const claimsSchema = z.object({
  sub: z.string().min(1),
  preferred_username: z.string().min(1).optional(),
  username: z.string().min(1).nullish(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  organization: organizationClaim.default([]),
  organizations: z.array(z.string().min(1)).optional(),
});

/** What sign-in needs of the identity provider's claims. */
export interface IdentityClaims {
  subject: string;
  username?: string;
  /** Lower case; present only when the identity provider vouches for it. */
  verifiedEmail?: string;
  /** Aliases of organisations, which are their names in the catalog, too. */
  organizations: string[];
  /** Ids of organisations, where the identity provider has no aliases: Logto's `organizations`. */
  organizationIds: string[];
}

/**
 * Reads the claims of a userinfo answer.
 *
 * @throws ZodError when a claim has a shape that no supported identity provider sends
 */
export function readClaims(userinfo: unknown): IdentityClaims {
  const claims = claimsSchema.parse(userinfo);
  // Logto has `username`, null for whoever has none, and beside it a
  // `preferred_username` that people may choose for themselves
  // (`getPreferredUsername` in `oidc/scope.ts` of logto-io/logto).
  const isOfLogto =
    claims.username !== undefined || claims.organizations !== undefined;
  return {
    subject: claims.sub,
    username: isOfLogto
      ? claims.username ?? undefined
      : claims.preferred_username,
    verifiedEmail:
      claims.email_verified === true ? claims.email?.toLowerCase() : undefined,
    organizations: claims.organization,
    organizationIds: claims.organizations ?? [],
  };
}
