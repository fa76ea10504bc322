import { Knex } from 'knex';
import { KeptStore } from './KeptStore';
import { Removals, removalsOf, shownOf } from './Removals';

const TABLE = 'organization_sync_stops';

/** A sync that would remove too much and waits for an administrator. */
export interface Stop extends Removals {
  /** Name of the provider's config. */
  provider: string;
  stoppedAt: string;
  /** Who let it through; the next sync that would remove the same does so. */
  approvedBy?: string;
}

interface Row {
  provider: string;
  digest: string;
  refs: string[];
  stopped_at: Date;
  approved_by: string | null;
}

/** The syncs of one module that wait, one at most for each of its providers. */
export class StopStore {
  /** @param module - such as `keycloak-org` */
  constructor(private readonly db: Knex, private readonly module: string) {}

  async list(): Promise<Stop[]> {
    const rows: Row[] = await this.rows().orderBy('provider');
    return rows.map(describe);
  }

  async get(provider: string): Promise<Stop | undefined> {
    const row: Row | undefined = await this.rows(provider).first();
    return row && describe(row);
  }

  /**
   * Keeps that a sync stopped; an approval of other removals ends.
   *
   * @param refs - what it would remove
   */
  async stop(provider: string, refs: string[]): Promise<void> {
    const sorted = [...refs].sort();
    await this.db(TABLE)
      .insert({
        module: this.module,
        provider,
        ...{ digest: removalsOf(sorted).digest, refs: JSON.stringify(sorted) },
        stopped_at: this.db.fn.now(),
        approved_by: null,
        approved_at: null,
      })
      .onConflict(['module', 'provider'])
      .merge();
  }

  /** Lets a stopped sync through once; false when it would remove something else by now. */
  async approve(
    provider: string,
    digest: string,
    approvedBy: string,
  ): Promise<boolean> {
    const changed = await this.rows(provider)
      .where({ digest })
      .update({ approved_by: approvedBy, approved_at: this.db.fn.now() });
    return changed > 0;
  }

  /** Leaves in the catalog what a stopped sync would remove; false when that is something else by now. */
  async keep(
    provider: string,
    digest: string,
    keptBy: string,
  ): Promise<boolean> {
    return this.db.transaction(async tx => {
      const [row]: Pick<Row, 'refs'>[] = await tx(TABLE)
        .where({ module: this.module, provider, digest })
        .delete()
        .returning('refs');
      if (!row) return false;
      const kept = new KeptStore(tx, this.module);
      await kept.add(provider, { digest, refs: row.refs, keptBy });
      return true;
    });
  }

  /** Ends the wait: the sync went through, or has nothing to wait for. */
  async clear(provider: string): Promise<void> {
    await this.rows(provider).delete();
  }

  private rows(provider?: string) {
    const { module } = this;
    return this.db(TABLE).where(provider ? { module, provider } : { module });
  }
}

function describe({
  stopped_at: stoppedAt,
  approved_by: approvedBy,
  ...row
}: Row): Stop {
  const { provider, digest, refs } = row;
  return {
    ...{ provider, digest },
    ...shownOf(refs),
    stoppedAt: stoppedAt.toISOString(),
    approvedBy: approvedBy ?? undefined,
  };
}
