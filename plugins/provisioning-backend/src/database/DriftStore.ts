import {
  Drift,
  DriftAccount,
  DriftKind,
  DriftMend,
  DriftState,
  PersonLifecycle,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';

interface DriftRow {
  id: string;
  reconciliation_id: string;
  person_id: string | null;
  account_id: string | null;
  account_username: string | null;
  account_url: string | null;
  service: string;
  kind: DriftKind;
  found: string;
  wanted: string;
  mend: DriftMend;
  state: DriftState;
  message: string | null;
  chosen_by: string | null;
  run_id: string | null;
}

type ListedRow = DriftRow & {
  user_ref: string | null;
  username: string | null;
  display_name: string | null;
  person_state: PersonLifecycle['state'] | null;
};

/** A drift as it was found. */
export interface NewDrift {
  /** Absent for an account that is nobody's. */
  personId?: string;
  /** The account, where it is not the one that provisioning looks after. */
  account?: DriftAccount;
  service: ServiceId;
  kind: DriftKind;
  found: string;
  wanted: string;
  mend: DriftMend;
}

/** A drift that is to be mended. */
export interface ChosenDrift extends NewDrift {
  id: string;
  /** Who asked for it. */
  chosenBy: string;
}

function accountOf(row: DriftRow): DriftAccount | undefined {
  return row.account_id === null
    ? undefined
    : {
        externalId: row.account_id,
        username: row.account_username ?? '',
        url: row.account_url ?? undefined,
      };
}

/** How accounts differ from what they should be. */
export class DriftStore {
  constructor(private readonly db: Knex) {}

  async add(reconciliationId: string, drifts: NewDrift[]): Promise<void> {
    if (drifts.length === 0) return;
    await this.db('drifts')
      .insert(
        drifts.map(({ personId, account, ...drift }) => ({
          ...drift,
          person_id: personId ?? null,
          account_id: account?.externalId ?? null,
          account_username: account?.username ?? null,
          account_url: account?.url ?? null,
          reconciliation_id: reconciliationId,
        })),
      )
      // A list that changes while its pages are read shows an account twice.
      .onConflict()
      .ignore();
  }

  /** What was found of persons in a service by looking at them one by one. */
  async listKinds(
    reconciliationId: string,
    service: ServiceId,
    personIds: string[],
  ): Promise<Map<string, DriftKind>> {
    const rows = await this.db<DriftRow>('drifts')
      .where({ reconciliation_id: reconciliationId, service })
      .whereNull('account_id')
      .whereIn('person_id', personIds)
      .select('person_id', 'kind');
    return new Map(rows.map(row => [row.person_id!, row.kind]));
  }

  /** Takes back that accounts of persons are missing in a service: they are there, and something else is wrong. */
  async withdrawMissingOf(
    reconciliationId: string,
    service: ServiceId,
    personIds: string[],
  ): Promise<void> {
    await this.db('drifts')
      .where({ reconciliation_id: reconciliationId, service, kind: 'missing' })
      .whereIn('person_id', personIds)
      .delete();
  }

  /** Of what a reconciliation found, how much the newest that succeeded before it did not find. */
  async countNew(reconciliationId: string): Promise<number> {
    const { rows } = await this.db.raw<{ rows: { count: string }[] }>(
      `with before as (
         select earlier.id from reconciliations as earlier, reconciliations as this
         where this.id = ? and earlier.state = 'succeeded'
           and earlier.created_at < this.created_at
         order by earlier.created_at desc limit 1
       )
       select count(*) from drifts as found
       where found.reconciliation_id = ? and not exists (
         select 1 from drifts as known
         where known.reconciliation_id = (select id from before)
           and known.service = found.service and known.kind = found.kind
           and known.person_id is not distinct from found.person_id
           and known.account_id is not distinct from found.account_id
       )`,
      [reconciliationId, reconciliationId],
    );
    return Number(rows[0].count);
  }

  /** Takes back what was read as missing in a service; returns how many that are. */
  async withdrawMissing(
    reconciliationId: string,
    service: ServiceId,
  ): Promise<number> {
    return this.db('drifts')
      .where({ reconciliation_id: reconciliationId, service, kind: 'missing' })
      .delete();
  }

  /** What a reconciliation found, by username. */
  async list(
    reconciliationId: string,
    filter: {
      limit: number;
      offset: number;
      kind?: DriftKind;
      service?: ServiceId;
    },
  ): Promise<{ items: Drift[]; totalItems: number }> {
    const matching = this.db('drifts').where({
      reconciliation_id: reconciliationId,
    });
    if (filter.kind) matching.where({ kind: filter.kind });
    if (filter.service) matching.where({ service: filter.service });
    const [{ count }] = await matching
      .clone()
      .count<{ count: string }[]>({ count: '*' });
    const rows: ListedRow[] = await matching
      .leftJoin('persons', 'persons.id', 'drifts.person_id')
      .select('drifts.*', 'user_ref', 'username', 'display_name')
      .select({ person_state: 'persons.state' })
      .orderByRaw('coalesce(username, account_username), service, drifts.id')
      .limit(filter.limit)
      .offset(filter.offset);
    return {
      items: rows.map(row => ({
        id: row.id,
        kind: row.kind,
        service: row.service,
        userRef: row.user_ref ?? undefined,
        username: row.username ?? row.account_username ?? '',
        displayName: row.display_name ?? row.account_username ?? '',
        personState: row.person_state ?? undefined,
        account: accountOf(row),
        found: row.found,
        wanted: row.wanted,
        mend: row.mend,
        state: row.state,
        message: row.message ?? undefined,
        runId: row.run_id ?? undefined,
      })),
      totalItems: Number(count),
    };
  }

  /** Some drifts of a reconciliation, or all: what they are like, without who they are about. */
  async summarise(
    reconciliationId: string,
    ids?: string[],
  ): Promise<{ mend: DriftMend; state: DriftState; count: number }[]> {
    const rows = await this.some(reconciliationId, ids)
      .groupBy('mend', 'state')
      .select('mend', 'state')
      .count<{ mend: DriftMend; state: DriftState; count: string }[]>({
        count: '*',
      });
    return rows.map(row => ({ ...row, count: Number(row.count) }));
  }

  /** Has drifts mended that can be and were not, those that block a stranger's account only by id; returns how many that are. */
  async choose(
    reconciliationId: string,
    chosenBy: string,
    ids?: string[],
  ): Promise<number> {
    const never: DriftMend[] = ids
      ? ['administrator']
      : ['administrator', 'block'];
    return this.some(reconciliationId, ids)
      .whereIn('state', ['open', 'failed'])
      .whereNotIn('mend', never)
      .update({ state: 'chosen', message: null, chosen_by: chosenBy });
  }

  async listChosen(
    reconciliationId: string,
    limit: number,
  ): Promise<ChosenDrift[]> {
    const rows = await this.db<DriftRow>('drifts')
      .where({ reconciliation_id: reconciliationId, state: 'chosen' })
      .orderBy(['person_id', 'service'])
      .limit(limit);
    return rows.map(row => ({
      id: row.id,
      personId: row.person_id ?? undefined,
      account: accountOf(row),
      service: row.service,
      kind: row.kind,
      found: row.found,
      wanted: row.wanted,
      mend: row.mend,
      chosenBy: row.chosen_by ?? '',
    }));
  }

  /** Writes what came of mending; false when somebody else did before. */
  async settle(
    id: string,
    result: { state: DriftState; message?: string; runId?: string },
  ): Promise<boolean> {
    const settled = await this.db('drifts')
      .where({ id, state: 'chosen' })
      .update({
        state: result.state,
        message: result.message ?? null,
        run_id: result.runId ?? null,
      });
    return settled > 0;
  }

  private some(reconciliationId: string, ids?: string[]) {
    const drifts = this.db('drifts').where({
      reconciliation_id: reconciliationId,
    });
    return ids ? drifts.whereIn('id', ids) : drifts;
  }
}
