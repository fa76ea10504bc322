import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ReconciledService,
  Reconciliation,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { ProvisioningDatabase, Stores } from '../database/ProvisioningDatabase';
import { ListingPlace } from '../database/ReconciliationStore';
import { DefaultRules } from '../defaults/DefaultRules';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { PersonResolver } from '../identity/PersonResolver';
import { addAnnouncementJob } from '../announcing/announcementJobs';
import { checkService, ServicePage } from './checkService';
import { addListed, ListReader } from './ListReader';
import { addReconcileJob, PLAN_TASK } from './reconcileJobs';

/** Persons looked at in one job: what bounds the memory. */
const PAGE = 100;

/** Reconciliations that are kept. */
const KEPT = 20;

/** A service where nothing is found, and at least so many accounts were there before, is not believed. */
const TOO_MANY_GONE = 3;

/** Who asks when the schedule does. */
export const BY_SCHEDULE = 'provisioning';

/** What a reconciler is made of. */
export interface ReconcilerOptions {
  database: ProvisioningDatabase;
  connectors: ConnectorRegistry;
  persons: PersonResolver;
  defaults: DefaultRules;
  /** Calls of a service at once. */
  concurrencyOf(service: ServiceId): number;
  /** Time for looking at one account or one page of a list, in milliseconds. */
  timeoutMs: number;
}

/**
 * Compares the services with what should be, a page a job: first of persons,
 * then of each service's list of accounts. It only reads there; what it finds
 * is stored together with the job of the next page.
 */
export class Reconciler {
  private readonly lists: ListReader;

  constructor(private readonly options: ReconcilerOptions) {
    this.lists = new ListReader(options);
  }

  /**
   * Begins a reconciliation.
   *
   * @throws ConflictError when one is under way
   */
  async start(requestedBy: string): Promise<Reconciliation> {
    const { database } = this.options;
    const id = await database.transaction(async stores => {
      const created = await stores.reconciliations.create(requestedBy);
      if (!created) {
        throw new ConflictError(
          'A reconciliation is under way already. Wait until it is done, or cancel it',
        );
      }
      await stores.reconciliations.keepNewest(KEPT);
      await stores.events.add({
        type: 'reconciliation.started',
        actor: requestedBy,
        message: `${requestedBy} asked to compare the services with what should be`,
        after: { reconciliationId: created },
      });
      await addReconcileJob(stores.jobs, PLAN_TASK, created);
      return created;
    });
    return getReconciliation(database, id);
  }

  /**
   * Ends a reconciliation. What it found so far stays.
   *
   * @throws ConflictError when it has ended already
   */
  async cancel(id: string, requestedBy: string): Promise<Reconciliation> {
    const { database } = this.options;
    await database.transaction(async stores => {
      if (!(await stores.reconciliations.finish(id, 'cancelled'))) {
        throw new ConflictError('The reconciliation has ended already');
      }
      await stores.events.add({
        type: 'reconciliation.cancelled',
        actor: requestedBy,
        message: `${requestedBy} cancelled the reconciliation`,
        after: { reconciliationId: id },
      });
    });
    return getReconciliation(database, id);
  }

  /** Looks at the next page. One that was cut off is done again, as nothing of it is stored. */
  async continue(id: string, signal: AbortSignal): Promise<void> {
    const { database } = this.options;
    const before = await database.reconciliations.progressOf(id);
    if (before?.state !== 'running') return;
    if (before.listing) {
      await this.continueList(id, before.listing, signal);
      return;
    }
    const persons = await database.persons.listAfter(before.lastPerson, PAGE);
    const ids = persons.map(person => person.id);
    const busy = await database.runs.personsUnderWay(ids);
    const accounts = await database.accounts.listOfAll(ids);
    // An active person without a ref is gone: a successor has the name.
    const subjects = persons.filter(
      ({ id: personId, person, lifecycle }) =>
        !busy.has(personId) &&
        (person.userRef !== '' || lifecycle.state !== 'active'),
    );
    const given = new Map(
      subjects.map(({ id: personId, person }) => [
        personId,
        this.options.defaults.servicesFor(person),
      ]),
    );
    const pages = await Promise.all(
      this.options.connectors.all().map(connector =>
        checkService(
          connector,
          subjects.map(stored => ({
            stored,
            known: accounts
              .get(stored.id)
              ?.find(({ service }) => service === connector.service),
            isOwed: given.get(stored.id)?.includes(connector.service) ?? false,
          })),
          {
            concurrency: this.options.concurrencyOf(connector.service),
            timeoutMs: this.options.timeoutMs,
            signal,
          },
        ),
      ),
    );

    await database.transaction(async stores => {
      const now = await stores.reconciliations.lock(id);
      // Cancelled meanwhile, or another process was faster.
      if (
        now?.state !== 'running' ||
        now.listing ||
        now.lastPerson !== before.lastPerson
      ) {
        return;
      }
      const services: ReconciledService[] = [];
      for (const page of pages) {
        const earlier = now.services.find(
          ({ service }) => service === page.service,
        );
        services.push(await this.addPage(stores, id, page, earlier));
      }
      await stores.reconciliations.advance(id, {
        lastPerson: persons.at(-1)?.id,
        checked: persons.length,
        busy: busy.size,
      });
      await this.goOn(
        stores,
        { id, services, requestedBy: now.requestedBy },
        persons.length === PAGE || this.lists.beginning(),
      );
    });
  }

  /** Reads the next page of a service's list. */
  private async continueList(
    id: string,
    place: ListingPlace,
    signal: AbortSignal,
  ): Promise<void> {
    const page = await this.lists.read(place, signal);
    await this.options.database.transaction(async stores => {
      const now = await stores.reconciliations.lock(id);
      if (
        now?.state !== 'running' ||
        now.listing?.service !== place.service ||
        now.listing.after !== place.after
      ) {
        return;
      }
      await addListed(stores, id, place, page);
      const services = now.services.map(seen =>
        seen.service === place.service
          ? {
              ...seen,
              listed: (seen.listed ?? 0) + page.listed,
              message: page.message ?? seen.message,
            }
          : seen,
      );
      await this.goOn(
        stores,
        { id, services, requestedBy: now.requestedBy },
        page.next,
      );
    });
  }

  /** Has the next page read: of persons, or of a list from a place; or ends. */
  private async goOn(
    stores: Stores,
    {
      id,
      services,
      requestedBy,
    }: { id: string; services: ReconciledService[]; requestedBy: string },
    next: true | ListingPlace | undefined,
  ): Promise<void> {
    await stores.reconciliations.advanceServices(
      id,
      services,
      typeof next === 'object' ? next : undefined,
    );
    if (next) {
      await addReconcileJob(stores.jobs, PLAN_TASK, id);
      return;
    }
    await stores.reconciliations.finish(id, 'succeeded');
    await stores.events.add({
      type: 'reconciliation.succeeded',
      actor: 'provisioning',
      message: 'The services were compared with what should be',
      after: { reconciliationId: id, services },
    });
    // Whoever asked by hand looks at what comes of it.
    if (requestedBy !== BY_SCHEDULE) return;
    await addAnnouncementJob(stores.jobs, { reconciliationId: id, attempt: 1 });
  }

  /** Stores what a page showed of a service, and returns the counts so far. */
  private async addPage(
    stores: Stores,
    id: string,
    { drifts, ...page }: ServicePage,
    earlier: ReconciledService | undefined,
  ): Promise<ReconciledService> {
    const sum: ReconciledService = {
      service: page.service,
      found: (earlier?.found ?? 0) + page.found,
      gone: (earlier?.gone ?? 0) + page.gone,
      unreadable: (earlier?.unreadable ?? 0) + page.unreadable,
      listed: earlier?.listed,
      message: page.message ?? earlier?.message,
    };
    if (sum.found > 0 || sum.gone < TOO_MANY_GONE) {
      await stores.drifts.add(id, drifts);
      return sum;
    }
    const believed = drifts.filter(({ kind }) => kind !== 'missing');
    await stores.drifts.add(id, believed);
    const withdrawn = await stores.drifts.withdrawMissing(id, page.service);
    return {
      ...sum,
      unreadable: sum.unreadable + drifts.length - believed.length + withdrawn,
      message: `${page.service} answers as if nobody had an account, though ${sum.gone} people had one. Nothing is concluded from that: check that its address is right and its data are there`,
    };
  }
}

/**
 * A reconciliation that is known to be there.
 *
 * @throws NotFoundError when it is not
 */
export async function getReconciliation(
  database: ProvisioningDatabase,
  id: string,
): Promise<Reconciliation> {
  const found = await database.reconciliations.find(id);
  if (!found) throw new NotFoundError(`There is no reconciliation ${id}`);
  return found;
}
