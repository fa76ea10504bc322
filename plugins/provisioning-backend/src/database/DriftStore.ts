import {
  Drift,
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
  person_id: string;
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
  username: string;
  display_name: string;
  person_state: PersonLifecycle['state'];
};

/** A drift as it was found. */
export interface NewDrift {
  personId: string;
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

/** How accounts differ from what they should be. */
export class DriftStore {
  constructor(private readonly db: Knex) {}

  async add(reconciliationId: string, drifts: NewDrift[]): Promise<void> {
    if (drifts.length === 0) return;
    await this.db('drifts').insert(
      drifts.map(({ personId, ...drift }) => ({
        ...drift,
        person_id: personId,
        reconciliation_id: reconciliationId,
      })),
    );
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
      .join('persons', 'persons.id', 'drifts.person_id')
      .select('drifts.*', 'user_ref', 'username', 'display_name')
      .select({ person_state: 'persons.state' })
      .orderBy(['username', 'service', 'drifts.id'])
      .limit(filter.limit)
      .offset(filter.offset);
    return {
      items: rows.map(row => ({
        id: row.id,
        kind: row.kind,
        service: row.service,
        userRef: row.user_ref ?? undefined,
        username: row.username,
        displayName: row.display_name,
        personState: row.person_state,
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

  /** Has drifts mended that can be and were not; returns how many that are. */
  async choose(
    reconciliationId: string,
    chosenBy: string,
    ids?: string[],
  ): Promise<number> {
    return this.some(reconciliationId, ids)
      .whereIn('state', ['open', 'failed'])
      .whereNot({ mend: 'administrator' })
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
      personId: row.person_id,
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
