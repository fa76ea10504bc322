import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import {
  DriftCount,
  ReconciledService,
  Reconciliation,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';

interface ReconciliationRow {
  id: string;
  state: Reconciliation['state'];
  requested_by: string;
  last_person: string | null;
  listed_service: string | null;
  listed_after: string | null;
  total_persons: number;
  checked_persons: number;
  busy_persons: number;
  services: ReconciledService[];
  created_at: Date;
  finished_at: Date | null;
}

/** A reconciliation as its next page needs it. */
export interface Progress {
  state: Reconciliation['state'];
  requestedBy: string;
  /** Id of the last person looked at. */
  lastPerson?: string;
  /** The service whose list is read, once all persons were looked at. */
  listing?: ListingPlace;
  services: ReconciledService[];
}

/** Where a reconciliation is in the services' lists of accounts. */
export interface ListingPlace {
  service: ServiceId;
  /** Where the next page begins; absent before the first. */
  after?: string;
}

function toProgress(row: ReconciliationRow): Progress {
  return {
    state: row.state,
    requestedBy: row.requested_by,
    lastPerson: row.last_person ?? undefined,
    listing:
      row.listed_service === null
        ? undefined
        : {
            service: row.listed_service,
            after: row.listed_after ?? undefined,
          },
    services: row.services,
  };
}

/** Comparisons of the services with what should be. */
export class ReconciliationStore {
  constructor(private readonly db: Knex) {}

  /** Begins one; undefined when another is under way. */
  async create(requestedBy: string): Promise<string | undefined> {
    try {
      const [{ id }] = await this.db('reconciliations')
        .insert({
          state: 'running',
          requested_by: requestedBy,
          services: '[]',
          total_persons: this.db('persons').count('*'),
        })
        .returning('id');
      return id;
    } catch (error) {
      if (isDatabaseConflictError(error)) return undefined;
      throw error;
    }
  }

  async progressOf(id: string): Promise<Progress | undefined> {
    const row = await this.db<ReconciliationRow>('reconciliations')
      .where({ id })
      .first();
    return row && toProgress(row);
  }

  /** The same, locked until the transaction ends. */
  async lock(id: string): Promise<Progress | undefined> {
    const row = await this.db<ReconciliationRow>('reconciliations')
      .where({ id })
      .forUpdate()
      .first();
    return row && toProgress(row);
  }

  /** Writes what a page of persons led to. */
  async advance(
    id: string,
    page: {
      lastPerson?: string;
      checked: number;
      busy: number;
    },
  ): Promise<void> {
    await this.db('reconciliations')
      .where({ id })
      .update({
        ...(page.lastPerson ? { last_person: page.lastPerson } : {}),
        checked_persons: this.db.raw('checked_persons + ?', [page.checked]),
        busy_persons: this.db.raw('busy_persons + ?', [page.busy]),
      });
  }

  /** Writes the counts of the services, and where in their lists to go on. */
  async advanceServices(
    id: string,
    services: ReconciledService[],
    next: ListingPlace | undefined,
  ): Promise<void> {
    await this.db('reconciliations')
      .where({ id })
      .update({
        services: JSON.stringify(services),
        ...(next
          ? { listed_service: next.service, listed_after: next.after ?? null }
          : {}),
      });
  }

  /** Ends one that is under way; false when it has ended already. */
  async finish(
    id: string,
    state: Exclude<Reconciliation['state'], 'running'>,
  ): Promise<boolean> {
    const ended = await this.db('reconciliations')
      .where({ id, state: 'running' })
      .update({ state, finished_at: this.db.fn.now() });
    return ended > 0;
  }

  /** Forgets all but the newest. */
  async keepNewest(count: number): Promise<void> {
    await this.db('reconciliations')
      .whereNot({ state: 'running' })
      .whereNotIn(
        'id',
        this.db('reconciliations')
          .select('id')
          .orderBy('created_at', 'desc')
          .limit(count),
      )
      .whereNotIn(
        'id',
        this.db('drifts')
          .select('reconciliation_id')
          .where({ state: 'chosen' }),
      )
      .delete();
  }

  async find(id: string): Promise<Reconciliation | undefined> {
    const row = await this.db<ReconciliationRow>('reconciliations')
      .where({ id })
      .first();
    return row && (await this.withDrifts([row]))[0];
  }

  /** Newest first. */
  async list(page: {
    limit: number;
    offset: number;
  }): Promise<{ items: Reconciliation[]; totalItems: number }> {
    const [{ count }] = await this.db('reconciliations').count<
      { count: string }[]
    >({ count: '*' });
    const rows = await this.db<ReconciliationRow>('reconciliations')
      .orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id' }])
      .limit(page.limit)
      .offset(page.offset);
    return { items: await this.withDrifts(rows), totalItems: Number(count) };
  }

  private async withDrifts(
    rows: ReconciliationRow[],
  ): Promise<Reconciliation[]> {
    const counts = await this.db('drifts')
      .whereIn(
        'reconciliation_id',
        rows.map(({ id }) => id),
      )
      .groupBy('reconciliation_id', 'kind', 'state')
      .orderBy(['kind', 'state'])
      .select('reconciliation_id', 'kind', 'state')
      .count<
        (Omit<DriftCount, 'count'> & {
          reconciliation_id: string;
          count: string;
        })[]
      >({ count: '*' });
    return rows.map(row => ({
      id: row.id,
      state: row.state,
      requestedBy: row.requested_by,
      totalPersons: row.total_persons,
      checkedPersons: row.checked_persons,
      busyPersons: row.busy_persons,
      services: row.services,
      drifts: counts
        .filter(({ reconciliation_id }) => reconciliation_id === row.id)
        .map(({ kind, state, count }) => ({
          kind,
          state,
          count: Number(count),
        })),
      createdAt: row.created_at.toISOString(),
      finishedAt: row.finished_at?.toISOString(),
    }));
  }
}
