import {
  AccountPage,
  ListedAccount,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';
import { DriftMend } from '@formulary/plugin-provisioning-common';
import { sameEmail } from '@formulary/service-client-node';
import { NewDrift } from '../database/DriftStore';
import { ListedMatch } from '../database/ListedMatchStore';
import { CatalogPersons } from '../identity/CatalogPersons';
import { Stores } from '../database/ProvisioningDatabase';
import {
  isGone,
  KnownOfListed,
  nameOf,
  personOf,
  readKnown,
} from './knownOfListed';

/** What some accounts of a list lead to. */
export interface CheckedAccounts {
  drifts: NewDrift[];
  /** Accounts of people who have none on record, each of which is one too many if there is another. */
  matches: ListedMatch[];
}

/**
 * Compares accounts that a service lists with what is stored: finds those that
 * are nobody's, of somebody who is gone, or somebody's second; and those that
 * match somebody who has none on record. An account that is not in the list
 * leads to nothing here.
 */
export async function checkListed(
  stores: Stores,
  catalog: Pick<CatalogPersons, 'refsByEmail'>,
  connector: ServiceConnector,
  accounts: AccountPage['accounts'],
): Promise<CheckedAccounts> {
  // Nobody can log in with the others, so there is nothing to do about them.
  const working = accounts.filter(({ state }) => state === 'active');
  const known = await readKnown(stores, connector, working);
  const strangers: ListedAccount[] = [];
  const drifts = working.flatMap((account): NewDrift[] => {
    const found =
      ofRecord(account, known) ??
      ofNobody(account, known, connector.listing?.holdsStrangers ?? false);
    if (!found || known.busy.has(found.personId ?? '')) return [];
    if (!found.personId) strangers.push(account);
    return [
      {
        ...found,
        service: connector.service,
        mend: mendOf(found, account, connector),
        account: {
          externalId: account.externalId,
          username: account.username,
          url: account.url,
        },
      },
    ];
  });
  const colleagues = await catalog.refsByEmail(
    strangers.flatMap(({ email }) => (email ? [email.toLowerCase()] : [])),
  );
  const told = drifts.map(drift => {
    const account = strangers.find(
      ({ externalId }) => externalId === drift.account?.externalId,
    );
    const colleague = colleagues.find(
      ({ email }) => account?.email && sameEmail(email, account.email),
    );
    return account && colleague
      ? { ...drift, ...neverPrepared(account, colleague.userRef) }
      : drift;
  });
  return {
    drifts: told,
    matches: working.flatMap(account => matchOf(account, known, connector)),
  };
}

/** What is to be said of an account of somebody who has none on record, if it turns out that they have several. */
function matchOf(
  account: ListedAccount,
  known: KnownOfListed,
  { service }: ServiceConnector,
): ListedMatch[] {
  const { externalId, username, url } = account;
  const person = known.owners.has(externalId)
    ? undefined
    : personOf(account, known);
  if (
    person?.lifecycle.state !== 'active' ||
    known.busy.has(person.id) ||
    known.accountOf.get(person.id)?.externalId
  ) {
    return [];
  }
  const name = nameOf(person);
  return [
    {
      service,
      kind: 'duplicate',
      personId: person.id,
      account: { externalId, username, url },
      found: `${title(
        account,
      )} is one of several of ${name}, none of which provisioning looks after`,
      wanted: `One account of ${name}. Find out which is used, move what is in the others and block or delete them; then prepare the accounts of ${name}`,
      // Which of them is right, nothing says before one is prepared.
      mend: 'administrator',
    },
  ];
}

function mendOf(
  { kind }: Found,
  { isAdministrator }: ListedAccount,
  { listing }: ServiceConnector,
): DriftMend {
  return kind !== 'wrong-link' && listing?.block && !isAdministrator
    ? 'block'
    : 'administrator';
}

/** What is said of an account of somebody whom the catalog knows, and provisioning has never met. */
function neverPrepared(account: ListedAccount, userRef: string) {
  return {
    found: `${title(
      account,
    )} has the e-mail of ${userRef}, whose accounts were never prepared`,
    wanted: `An account that is looked after: prepare the accounts of ${userRef}, which takes this one over where it is provably theirs`,
    mend: 'administrator' as const,
  };
}

type Found = Pick<NewDrift, 'kind' | 'personId' | 'found' | 'wanted'>;

/** Looks at an account that provisioning looks after. */
function ofRecord(
  account: ListedAccount,
  known: KnownOfListed,
): Found | undefined {
  const owners = known.owners.get(account.externalId);
  if (!owners) return undefined;
  const [owner, other] = owners;
  if (other) {
    return {
      kind: 'wrong-link',
      personId: other.id,
      found: `${title(account)} is on record for ${nameOf(
        owner,
      )} and for ${nameOf(other)}`,
      wanted: `One person for each account. Find out whose it is, and bring the accounts of the other up to date`,
    };
  }
  if (isGone(owner)) {
    return {
      kind: 'orphaned',
      personId: owner.id,
      found: `${title(account)} may be used. It is of ${nameOf(
        owner,
      )}, who is gone: somebody else has the username now`,
      wanted:
        'An account that nobody can log in with, until somebody has taken over what is in it',
    };
  }
  if (
    account.subject !== undefined &&
    account.subject !== owner.person.subject &&
    owner.lifecycle.state === 'active'
  ) {
    const holder = known.bySubject.get(account.subject);
    return {
      kind: 'wrong-link',
      personId: owner.id,
      found: `${title(account)} is linked to another identity${
        holder ? `, that of ${nameOf(holder)}` : ''
      }, so that ${nameOf(owner)} does not land on it`,
      wanted: `The link of ${nameOf(
        owner,
      )}. Find out who changed it before it is changed back: whoever has the link now sees what is in the account`,
    };
  }
  return undefined;
}

/** Looks at an account that is not on record. Undefined also when it is on record as it should be. */
function ofNobody(
  account: ListedAccount,
  known: KnownOfListed,
  holdsStrangers: boolean,
): Found | undefined {
  if (known.owners.has(account.externalId)) return undefined;
  const person = personOf(account, known);
  if (person) {
    const first = known.accountOf.get(person.id);
    // Without one on record, the look at the person says what is to be done, unless there are several.
    if (!first?.externalId) return undefined;
    return {
      kind: 'duplicate',
      personId: person.id,
      found: `${title(account)} is a second one of ${nameOf(person)}`,
      wanted: `Only ${
        first.username ?? first.externalId
      }, which provisioning looks after. Move what is in the other, then block or delete it`,
    };
  }
  if (holdsStrangers) return undefined;
  return {
    kind: 'orphaned',
    found: `${title(account)} may be used, and ${
      account.subject === undefined
        ? 'is of nobody whom the portal knows'
        : 'is linked to an identity of nobody whom the portal knows'
    }`,
    wanted:
      'A person for each account. If it is somebody’s, prepare their accounts; if they have left, block it; if it is meant to be, leave it',
  };
}

function title({
  username,
  externalId,
  email,
  isAdministrator,
}: ListedAccount) {
  const details = [
    ...(username === externalId ? [] : [externalId]),
    ...(email && email !== username ? [email] : []),
    ...(isAdministrator ? ['an administrator of the service'] : []),
  ];
  return `The account ${username || 'without a name'} (${details.join(', ')})`;
}
