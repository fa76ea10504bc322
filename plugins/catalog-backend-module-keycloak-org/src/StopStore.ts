import { Knex } from 'knex';

const TABLE = 'keycloak_org_stops';

/** What a sync would remove. */
export interface Removals {
  /** The same for the same refs. */
  digest: string;
  users: number;
  groups: number;
  /** Some of the refs. */
  sample: string[];
}

/** A sync that would remove too much and waits for an administrator. */
export interface Stop extends Removals {
  /** Name of the realm's config. */
  provider: string;
  stoppedAt: string;
  /** Who let it through; the next sync that would remove the same does so. */
  approvedBy?: string;
}

interface Row {
  provider: string;
  digest: string;
  users: number;
  groups: number;
  sample: string[];
  stopped_at: Date;
  approved_by: string | null;
}

/** The syncs that wait, one at most for each provider. */
export class StopStore {
  constructor(private readonly db: Knex) {}

  async list(): Promise<Stop[]> {
    const rows: Row[] = await this.db(TABLE).orderBy('provider');
    return rows.map(describe);
  }

  async get(provider: string): Promise<Stop | undefined> {
    const row: Row | undefined = await this.db(TABLE)
      .where({ provider })
      .first();
    return row && describe(row);
  }

  /** Keeps that a sync stopped; an approval of other removals ends. */
  async stop(provider: string, removals: Removals): Promise<void> {
    await this.db(TABLE)
      .insert({
        provider,
        ...removals,
        sample: JSON.stringify(removals.sample),
        stopped_at: this.db.fn.now(),
        approved_by: null,
        approved_at: null,
      })
      .onConflict('provider')
      .merge();
  }

  /** Lets a stopped sync through once; false when it would remove something else by now. */
  async approve(
    provider: string,
    digest: string,
    approvedBy: string,
  ): Promise<boolean> {
    const changed = await this.db(TABLE)
      .where({ provider, digest })
      .update({ approved_by: approvedBy, approved_at: this.db.fn.now() });
    return changed > 0;
  }

  /** Ends the wait: the sync went through, or has nothing to wait for. */
  async clear(provider: string): Promise<void> {
    await this.db(TABLE).where({ provider }).delete();
  }
}

function describe({
  stopped_at: stoppedAt,
  approved_by: approvedBy,
  provider,
  digest,
  users,
  groups,
  sample,
}: Row): Stop {
  return {
    ...{ provider, digest, users, groups, sample },
    stoppedAt: stoppedAt.toISOString(),
    approvedBy: approvedBy ?? undefined,
  };
}
