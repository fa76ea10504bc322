import {
  ServiceConnector,
  ListedAccount,
} from '@formulary/plugin-provisioning-node';
import { sameEmail } from '@formulary/service-client-node';
import { StoredPerson } from '../database/PersonStore';
import { Stores } from '../database/ProvisioningDatabase';

/** What is stored that has to do with some listed accounts. */
export interface KnownOfListed {
  /** The persons who have an account on record, by its id. */
  owners: Map<string, StoredPerson[]>;
  bySubject: Map<string, StoredPerson>;
  byEmail: Map<string, StoredPerson[]>;
  /** The account on record of each person, by the person's id. */
  accountOf: Map<string, { externalId?: string; username?: string }>;
  /** Persons for whom a run is under way: what is seen of them may be half done. */
  busy: Set<string>;
}

/** Reads what has to do with some accounts of a list. */
export async function readKnown(
  { accounts, persons, runs }: Stores,
  { service }: ServiceConnector,
  listed: ListedAccount[],
): Promise<KnownOfListed> {
  const records = await accounts.ownersOf(
    service,
    listed.map(({ externalId }) => externalId),
  );
  const [owners, bySubject, byEmail] = await Promise.all([
    persons.listByIds(records.map(({ personId }) => personId)),
    persons.listBySubjects(
      listed.flatMap(({ subject }) => (subject ? [subject] : [])),
    ),
    persons.listByEmails(
      listed.flatMap(({ email }) => (email ? [email.toLowerCase()] : [])),
    ),
  ]);
  const ids = [
    ...new Set([...owners, ...bySubject, ...byEmail].map(({ id }) => id)),
  ];
  const [theirs, busy] = await Promise.all([
    accounts.listOfAll(ids),
    runs.personsUnderWay(ids),
  ]);
  const ownerById = new Map(owners.map(owner => [owner.id, owner]));
  return {
    owners: group(
      records.flatMap(({ externalId, personId }) => {
        const owner = ownerById.get(personId);
        return owner ? [[externalId, owner] as const] : [];
      }),
    ),
    bySubject: new Map(bySubject.map(each => [each.person.subject, each])),
    byEmail: group(byEmail.map(each => [each.person.email, each] as const)),
    accountOf: new Map(
      ids.flatMap(id => {
        const account = theirs
          .get(id)
          ?.find(each => each.service === service && each.state !== 'removed');
        return account ? [[id, account] as const] : [];
      }),
    ),
    busy,
  };
}

/** Whose a listed account seems to be, by its link or its e-mail. */
export function personOf(
  { subject, email }: ListedAccount,
  known: KnownOfListed,
): StoredPerson | undefined {
  return (
    (subject !== undefined ? known.bySubject.get(subject) : undefined) ??
    known.byEmail
      .get(email?.toLowerCase() ?? '')
      ?.find(each => !isGone(each) && sameEmail(each.person.email, email!))
  );
}

/** An active person without a ref is gone: a successor has the name. */
export function isGone({ person, lifecycle }: StoredPerson): boolean {
  return person.userRef === '' && lifecycle.state === 'active';
}

/** A person, as people call them. */
export function nameOf({ person }: StoredPerson): string {
  return person.username;
}

function group<T>(entries: (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of entries) {
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}
