import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import { NewDrift } from '../database/DriftStore';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { ListingPlace } from '../database/ReconciliationStore';
import { callConnector } from '../engine/callConnector';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { PersonResolver } from '../identity/PersonResolver';
import { CheckedAccounts, checkListed } from './checkListed';

/** Time for a page, which may have to wait for a rate limit. */
const PAGE_TIMEOUT_MS = 60_000;

/** What a page of a service's list showed. */
export interface ListedPage extends CheckedAccounts {
  /** Accounts on the page. */
  listed: number;
  /** Where to go on: in this list or with that of the next service. */
  next?: ListingPlace;
  /** Why the list could not be read to its end, for people. */
  message?: string;
}

/** Reads the lists of accounts of one service after the other, a page at a time. */
export class ListReader {
  constructor(
    private readonly options: {
      database: ProvisioningDatabase;
      connectors: ConnectorRegistry;
      persons: PersonResolver;
    },
  ) {}

  /** The beginning of the list of the service after one, or of the first; undefined when there is none. */
  beginning(after?: string): ListingPlace | undefined {
    const services = this.options.connectors
      .all()
      .filter(({ listing }) => listing)
      .map(({ service }) => service)
      .sort();
    const next = services.find(service => !after || service > after);
    return next === undefined ? undefined : { service: next };
  }

  /** Reads a page and compares it. A list that cannot be read is left, and said so. */
  async read(place: ListingPlace, signal: AbortSignal): Promise<ListedPage> {
    const { connectors, database, persons } = this.options;
    const nextService = this.beginning(place.service);
    const connector = connectors.find(place.service);
    const listing = connector?.listing;
    if (!connector || !listing) {
      return { drifts: [], matches: [], listed: 0, next: nextService };
    }
    try {
      const page = await callConnector(
        connector,
        call => listing.page({ ...call, after: place.after }),
        { signal, timeoutMs: PAGE_TIMEOUT_MS },
      );
      return {
        ...(await checkListed(
          database,
          persons.catalog,
          connector,
          page.accounts,
        )),
        listed: page.accounts.length,
        next:
          page.next === undefined
            ? nextService
            : { service: place.service, after: page.next },
      };
    } catch (error) {
      if (signal.aborted) throw error;
      return {
        drifts: [],
        matches: [],
        listed: 0,
        next: nextService,
        message: `The list of all accounts was not read to its end, so that some which are nobody's may not have been found: ${
          error instanceof Error ? error.message : error
        }`,
      };
    }
  }
}

/** Adds what a page of a list showed, but for what the look at each person has told already. */
export async function addListed(
  stores: Stores,
  id: string,
  { service }: Pick<ServiceConnector, 'service'>,
  page: ListedPage,
): Promise<void> {
  const { drifts, matches } = stores;
  const told = await drifts.listKinds(
    id,
    service,
    page.drifts.flatMap(({ personId }) => (personId ? [personId] : [])),
  );
  const news = page.drifts.filter(({ kind, personId }) => {
    const before = personId && told.get(personId);
    // Where the account on record is not in place, the other one is no second.
    return (
      !before || (kind === 'duplicate' ? !isReplaced(before) : before !== kind)
    );
  });
  await drifts.withdrawMissingOf(
    id,
    service,
    news.flatMap(({ kind, personId }) =>
      kind === 'wrong-link' && personId ? [personId] : [],
    ),
  );
  await drifts.add(id, news);

  await matches.add(id, page.matches);
  await drifts.add(
    id,
    await matches.listSeveral(
      id,
      service,
      page.matches.map(({ personId }) => personId),
    ),
  );
  if (page.next?.service !== service) await matches.clear(id, service);
}

function isReplaced(kind: NewDrift['kind']): boolean {
  return kind === 'missing' || kind === 'wrong-link';
}
