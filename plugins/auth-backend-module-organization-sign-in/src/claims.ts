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
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  organization: organizationClaim.default([]),
});

/** What sign-in needs of the identity provider's claims. */
export interface IdentityClaims {
  subject: string;
  username?: string;
  /** Lower case; present only when the identity provider vouches for it. */
  verifiedEmail?: string;
  /** Aliases of organisations. */
  organizations: string[];
}

/**
 * Reads the claims of a userinfo answer.
 *
 * @throws ZodError when a claim has a shape that no supported identity provider sends
 */
export function readClaims(userinfo: unknown): IdentityClaims {
  const claims = claimsSchema.parse(userinfo);
  return {
    subject: claims.sub,
    username: claims.preferred_username,
    verifiedEmail:
      claims.email_verified === true ? claims.email?.toLowerCase() : undefined,
    organizations: claims.organization,
  };
}
