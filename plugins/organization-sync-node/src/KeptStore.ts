import { Knex } from 'knex';
import { Removals, shownOf } from './Removals';

const TABLE = 'organization_sync_kept';

/** Rows that PostgreSQL is given at once. */
const BATCH = 1_000;

/** What an administrator leaves in the catalog although the identity provider has it no more. */
export interface Kept extends Removals {
  /** Name of the provider's config. */
  provider: string;
  keptBy: string;
  keptAt: string;
}

/** One decision. */
interface Row {
  provider: string;
  digest: string;
  refs: string[];
  kept_by: string;
  kept_at: Date;
}

/** The decisions of administrators to leave somebody in the catalog, of one module. */
export class KeptStore {
  /** @param module - such as `keycloak-org` */
  constructor(private readonly db: Knex, private readonly module: string) {}

  /** The decisions that still hold for somebody, with those whom each still holds for. */
  async list(): Promise<Kept[]> {
    const rows: Row[] = await this.db(TABLE)
      .where({ module: this.module })
      .select('provider', 'digest', 'kept_by', 'kept_at')
      .select(this.db.raw('array_agg(ref order by ref) as refs'))
      .groupBy('provider', 'digest', 'kept_by', 'kept_at')
      .orderBy(['provider', 'kept_at']);
    return rows.map(
      ({ provider, digest, refs, kept_by: keptBy, kept_at: keptAt }) => ({
        ...{ provider, digest, keptBy },
        ...shownOf(refs),
        keptAt: keptAt.toISOString(),
      }),
    );
  }

  /** Refs that a provider does not remove. */
  async refs(provider: string): Promise<Set<string>> {
    const refs: string[] = await this.rows(provider).pluck('ref');
    return new Set(refs);
  }

  /**
   * Keeps some refs from now on.
   *
   * @param digest - of all of them
   */
  async add(
    provider: string,
    {
      digest,
      refs,
      keptBy,
    }: { digest: string; refs: string[]; keptBy: string },
  ): Promise<void> {
    const { module } = this;
    const keptAt = new Date();
    for (let at = 0; at < refs.length; at += BATCH) {
      await this.db(TABLE)
        .insert(
          refs.slice(at, at + BATCH).map(ref => ({
            ...{ module, provider, ref, digest },
            kept_by: keptBy,
            kept_at: keptAt,
          })),
        )
        .onConflict(['module', 'provider', 'ref'])
        .merge();
    }
  }

  /** Ends a decision; false when there is none. */
  async takeBack(provider: string, digest: string): Promise<boolean> {
    return (await this.rows(provider).where({ digest }).delete()) > 0;
  }

  /** Ends what was decided of everybody but some: who is back may go missing another time. */
  async retain(provider: string, missing: string[]): Promise<void> {
    await this.rows(provider)
      .whereRaw('ref <> all(?::text[])', [missing])
      .delete();
  }

  private rows(provider: string) {
    return this.db(TABLE).where({ module: this.module, provider });
  }
}
