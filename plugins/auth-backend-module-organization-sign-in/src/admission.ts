import { NotAllowedError } from '@backstage/errors';
import { IdentityClaims } from './claims';

/** Who may sign in. */
export interface AdmissionRules {
  /** Aliases of organisations whose members may sign in; `*` is any organisation. */
  allowedOrganizations: string[];
  /** Domains of verified e-mail addresses whose owners may sign in. */
  allowedEmailDomains: string[];
  /** Whom a refused person should ask. */
  contact: string;
}

/**
 * Refuses a person whom no rule admits.
 *
 * @throws NotAllowedError that says why, and whom to ask
 */
export function assertAdmitted(
  claims: IdentityClaims,
  rules: AdmissionRules,
): void {
  const { allowedOrganizations, allowedEmailDomains, contact } = rules;
  const member = claims.organizations.some(
    organization =>
      allowedOrganizations.includes('*') ||
      allowedOrganizations.includes(organization),
  );
  const domain = claims.verifiedEmail?.split('@').at(-1);
  if (member || (domain && allowedEmailDomains.includes(domain))) return;

  const reason =
    claims.organizations.length === 0
      ? 'your account does not belong to an organisation'
      : `${claims.organizations.join(
          ', ',
        )} is not an organisation of this portal`;
  throw new NotAllowedError(
    `You are signed in at the identity provider, but ${reason}. Ask ${contact} to add you, then sign in again.`,
  );
}
