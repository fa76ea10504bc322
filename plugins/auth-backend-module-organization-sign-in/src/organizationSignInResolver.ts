import {
  DEFAULT_NAMESPACE,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthResolverCatalogUserQuery,
  AuthResolverContext,
  OAuthAuthenticatorResult,
  SignInInfo,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import { OidcAuthResult } from '@backstage/plugin-auth-backend-module-oidc-provider';
import { entityName } from '@formulary/plugin-organization-sync-node';
import { CatalogWait } from './CatalogWait';
import { IdentityClaims, readClaims } from './claims';
import {
  OrganizationDirectory,
  withOrganizationNames,
} from './OrganizationDirectory';
import { assertAdmitted } from './admission';
import { SignInOptions } from './signInOptions';

/** A catalog user that may be asked for and not be there. */
async function findUser(
  context: AuthResolverContext,
  query: AuthResolverCatalogUserQuery,
): Promise<Entity | undefined> {
  try {
    return (await context.findCatalogUser(query)).entity;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}

/** The catalog's name of a user whom the organisation sync has not brought yet. */
function nameOf({ username, subject }: IdentityClaims): string {
  return entityName(username ?? subject, subject);
}

/**
 * Matches a person by the identity provider's subject, then by verified e-mail;
 * admits somebody whom the catalog does not know yet when a rule says so, after
 * a moment in which the organisation sync may bring them.
 *
 * A catalog user who carries another subject is never matched: whoever gets a
 * colleague's old username or address at the identity provider does not become
 * that colleague here.
 *
 * @public
 */
export function createOrganizationSignInResolver(
  options: SignInOptions,
  directory: OrganizationDirectory,
): SignInResolver<OAuthAuthenticatorResult<OidcAuthResult>> {
  const wait = new CatalogWait(options.waitForCatalogSeconds * 1_000);
  return async (
    info: SignInInfo<OAuthAuthenticatorResult<OidcAuthResult>>,
    context,
  ) => {
    const claims = await withOrganizationNames(
      readClaims(info.result.fullProfile.userinfo),
      directory,
    );
    assertAdmitted(claims, options);

    const known = await wait.until(
      claims.subject,
      async () =>
        (await findUser(context, {
          annotations: { [options.subjectAnnotation]: claims.subject },
        })) ?? findByVerifiedEmail(claims, options, context),
    );
    if (known) {
      const { ownershipEntityRefs } = await context.resolveOwnershipEntityRefs(
        known,
      );
      return context.issueToken({
        claims: {
          sub: stringifyEntityRef(known),
          ent: [
            ...new Set([...ownershipEntityRefs, ...organizationRefs(claims)]),
          ],
          ...idpClaim(claims, known, options),
        },
      });
    }

    if (!options.createUsers) {
      throw new NotFoundError(
        `You are not known to this portal yet. Ask ${options.contact} to add you, then sign in again.`,
      );
    }
    const userRef = stringifyEntityRef({
      kind: 'User',
      namespace: DEFAULT_NAMESPACE,
      name: nameOf(claims),
    });
    await assertNameIsFree(nameOf(claims), options, context);
    return context.issueToken({
      claims: {
        sub: userRef,
        ent: [userRef, ...organizationRefs(claims)],
        ...idpClaim(claims, undefined, options),
      },
    });
  };
}

async function findByVerifiedEmail(
  claims: IdentityClaims,
  options: SignInOptions,
  context: AuthResolverContext,
): Promise<Entity | undefined> {
  if (!claims.verifiedEmail) return undefined;
  const user = await findUser(context, {
    filter: { 'spec.profile.email': claims.verifiedEmail },
  });
  const subject = user?.metadata.annotations?.[options.subjectAnnotation];
  return subject === undefined ? user : undefined;
}

async function assertNameIsFree(
  name: string,
  options: SignInOptions,
  context: AuthResolverContext,
): Promise<void> {
  const holder = await findUser(context, { entityRef: { name } });
  if (holder) {
    throw new NotAllowedError(
      `The name "${name}" belongs to another person of this portal. Ask ${options.contact} to sort out the two accounts at the identity provider.`,
    );
  }
}

/**
 * Tells `user-info-node` whose groups the catalog keeps: those of somebody whom
 * an organisation sync has brought.
 */
function idpClaim(
  { subject }: IdentityClaims,
  known: Entity | undefined,
  { subjectAnnotation }: SignInOptions,
) {
  const synced = known?.metadata.annotations?.[subjectAnnotation] === subject;
  return { idp: { subject, synced } };
}

/**
 * Organisations of the claims as catalog references. The groups of the claims are
 * left to the catalog: it alone knows which of several groups has a name, and
 * learns of a new one within seconds.
 */
function organizationRefs({ organizations }: IdentityClaims): string[] {
  return organizations.map(name =>
    stringifyEntityRef({ kind: 'Group', namespace: DEFAULT_NAMESPACE, name }),
  );
}
