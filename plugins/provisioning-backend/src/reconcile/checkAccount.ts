import {
  Account,
  DriftKind,
  DriftMend,
} from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  LinkCheck,
  ObservedAccount,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';
import { sameEmail, ServiceError } from '@formulary/service-client-node';
import { StoredPerson } from '../database/PersonStore';

/** How an account differs from what it should be. */
export interface Difference {
  kind: DriftKind;
  found: string;
  wanted: string;
  mend: DriftMend;
}

/** What was seen of a person in a service. */
export interface Finding {
  /** Whether the person has an account there. */
  present: boolean;
  /** Absent when all is as it should be. */
  drift?: Difference;
}

/**
 * Looks at a person's account without changing anything.
 *
 * @param known - what was last stored of the account
 * @throws whatever the connector throws: then nothing is known, and least of all that there is no account
 */
export async function checkAccount(
  { person, lifecycle }: StoredPerson,
  known: Account | undefined,
  connector: ServiceConnector,
  options: ConnectorCallOptions,
): Promise<Finding> {
  const call = { ...options, externalId: known?.externalId };
  const account = await connector.find(person, call);
  if (lifecycle.state !== 'active') {
    const works = account?.state === 'active' || account?.state === 'pending';
    return {
      present: account !== undefined,
      drift:
        account && works && connector.blocksLogins !== false
          ? stillActive(account, known, lifecycle.state)
          : undefined,
    };
  }
  const link = await connector.verifyLink(person, call);
  if (!account) {
    if (link.linked) {
      throw new ServiceError(
        `${connector.title} contradicts itself: it has no account of ${person.username}, and yet a log-in would land on one`,
        { kind: 'unavailable', service: connector.title },
      );
    }
    return {
      present: false,
      drift: {
        kind: 'missing',
        found: link.reason,
        wanted: `An account for ${person.username}`,
        mend: 'prepare',
      },
    };
  }
  return {
    present: true,
    drift:
      suspended(account, connector) ??
      replaced(account, known) ??
      renamed(account, known) ??
      readdressed(account, person) ??
      unlinked(account, link),
  };
}

function nameOf({ username, externalId }: ObservedAccount | Account): string {
  return username ?? externalId ?? 'without a name';
}

function isAnother(
  account: ObservedAccount,
  known: Account | undefined,
): boolean {
  return (
    known?.externalId !== undefined &&
    account.externalId !== undefined &&
    known.externalId !== account.externalId
  );
}

function stillActive(
  account: ObservedAccount,
  known: Account | undefined,
  state: 'suspended' | 'removed',
): Difference {
  const isOurs =
    known !== undefined &&
    known.state !== 'removed' &&
    !isAnother(account, known);
  return {
    kind: 'still-active',
    found: `The account ${nameOf(account)} may be used`,
    wanted: state === 'suspended' ? 'A suspended account' : 'No account',
    mend: isOurs && state === 'suspended' ? 'suspend' : 'administrator',
  };
}

function suspended(
  account: ObservedAccount,
  connector: ServiceConnector,
): Difference | undefined {
  if (account.state !== 'suspended') return undefined;
  return {
    kind: 'suspended',
    found: `The account ${nameOf(account)} is suspended`,
    wanted: `An account that may be used. Whoever suspended it in ${connector.title} can undo that there; or suspend the person here, and restore them`,
    mend: 'administrator',
  };
}

function replaced(
  account: ObservedAccount,
  known: Account | undefined,
): Difference | undefined {
  if (!known || !isAnother(account, known)) return undefined;
  return {
    kind: 'wrong-link',
    found: `The account ${nameOf(account)} (${account.externalId})`,
    wanted: `The account ${nameOf(known)} (${
      known.externalId
    }), as it was. If the new one is right, bring the person's accounts up to date`,
    mend: 'administrator',
  };
}

function renamed(
  account: ObservedAccount,
  known: Account | undefined,
): Difference | undefined {
  if (!known?.username || known.username === account.username) return undefined;
  return {
    kind: 'renamed',
    found: `The account is called ${nameOf(account)}`,
    wanted: `It was ${known.username}`,
    mend: 'prepare',
  };
}

function readdressed(
  account: ObservedAccount,
  person: StoredPerson['person'],
): Difference | undefined {
  const isSame =
    account.email === undefined || sameEmail(account.email, person.email);
  if (isSame || !person.emailVerified) return undefined;
  return {
    kind: 'changed',
    found: `The account ${nameOf(account)} has the e-mail ${account.email}`,
    wanted: person.email,
    mend: 'prepare',
  };
}

function unlinked(
  account: ObservedAccount,
  link: LinkCheck,
): Difference | undefined {
  if (link.linked || link.withoutSso) return undefined;
  // A connector calls an account pending that is provably the person's and only wants its link.
  const isProven = account.state === 'pending';
  return {
    kind: isProven ? 'changed' : 'wrong-link',
    found: link.reason,
    wanted: `The person's log-in lands on the account ${nameOf(account)}`,
    mend: isProven ? 'prepare' : 'administrator',
  };
}
