import { IncompleteReadingError } from './IncompleteReadingError';
import { inParallel } from './inParallel';
import { KeycloakRealm } from './KeycloakRealm';
import { AppliedEntity } from './OrgStore';
import { ReadingOptions, RealmStructure } from './readStructure';
import { isServiceAccount } from './representations';

/**
 * Asks Keycloak for each that its lists did not have: a list can be cut short
 * without anybody noticing, "not found" cannot be said by mistake.
 *
 * @throws IncompleteReadingError when one is there
 */
export async function confirmMissing(
  missing: AppliedEntity[],
  structure: RealmStructure,
  options: { realm: KeycloakRealm; reading: ReadingOptions },
): Promise<void> {
  const { realm, reading } = options;
  const withOrganizations = await mayAskForOrganizations(
    missing,
    structure,
    realm,
  );
  await inParallel(missing, reading.concurrency, async entity => {
    const isThere =
      entity.kind === 'User'
        ? await hasPerson(realm, entity.subject)
        : await hasGroup(realm, entity, withOrganizations);
    if (isThere) {
      throw new IncompleteReadingError(
        realm.name,
        `its lists lacked ${entity.ref}, which exists`,
      );
    }
  });
}

/** Where organisations are off, or known through their members alone, the reading itself has asked for each person. */
async function mayAskForOrganizations(
  missing: AppliedEntity[],
  { organizationsListed }: RealmStructure,
  realm: KeycloakRealm,
): Promise<boolean> {
  return (
    organizationsListed &&
    missing.some(({ isOrganization }) => isOrganization) &&
    (await realm.hasOrganizations()) !== false
  );
}

async function hasPerson(realm: KeycloakRealm, id: string): Promise<boolean> {
  const user = await realm.user(id);
  return user !== undefined && !isServiceAccount(user);
}

async function hasGroup(
  realm: KeycloakRealm,
  { isOrganization, subject }: AppliedEntity,
  withOrganizations: boolean,
): Promise<boolean> {
  if (!isOrganization) return (await realm.group(subject)) !== undefined;
  return withOrganizations && (await realm.organization(subject)) !== undefined;
}
