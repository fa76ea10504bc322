import { randomUUID } from 'node:crypto';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Knex } from 'knex';

const TABLE = 'organization_sync_entities';

interface Row {
  provider: string;
  ref: string;
  kind: string;
  subject: string | null;
  applied: string | null;
  staged: string | null;
  staged_subject: string | null;
  staged_by: string | null;
}

/** A sync under way. */
export interface SyncRun {
  id: string;
  /** By the database's clock, as it prints it: events after it know better than the sync. */
  startedAt: string;
}

/**
 * Something that the catalog was given.
 *
 * @public
 */
export interface AppliedEntity {
  ref: string;
  kind: string;
  /** The identity provider's id of it. */
  subject: string;
  isOrganization: boolean;
}

/** Whose entities a store keeps. */
export interface StoreOwner {
  /** Name of the entity provider. */
  provider: string;
  /** Annotation with the identity provider's id of an entity. */
  idAnnotation: string;
}

/**
 * What the catalog was given by one provider, and what a sync under way has
 * read. The sync keeps what it reads here, not in memory, until it is complete.
 */
export class SyncStore {
  /** Who is last in line to apply entities. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly db: Knex, private readonly owner: StoreOwner) {}

  /**
   * Does some work while nobody else applies entities of this provider. Those in
   * this process wait in line before they take a connection: the work needs
   * another one for the catalog, which a full pool would never give.
   */
  async exclusively<T>(work: (store: SyncStore) => Promise<T>): Promise<T> {
    const turn = () =>
      this.db.transaction(async tx => {
        await tx.raw('select pg_advisory_xact_lock(hashtext(?))', [
          this.owner.provider,
        ]);
        return work(new SyncStore(tx, this.owner));
      });
    // The next one begins whatever becomes of this one.
    const result = this.last.then(turn, turn);
    this.last = result;
    return result;
  }

  async begin(): Promise<SyncRun> {
    const { rows } = await this.db.raw(
      'select clock_timestamp()::text as started_at',
    );
    return { id: randomUUID(), startedAt: rows[0].started_at };
  }

  /** Keeps what a sync has read. What an event has brought meanwhile is left alone. */
  async stage(run: SyncRun, entities: Entity[]): Promise<void> {
    if (entities.length === 0) return;
    await this.db(TABLE)
      .insert(
        entities.map(entity => ({
          provider: this.owner.provider,
          ref: stringifyEntityRef(entity),
          kind: entity.kind,
          staged: JSON.stringify(entity),
          staged_subject: this.subjectOf(entity),
          staged_by: run.id,
        })),
      )
      .onConflict(['provider', 'ref'])
      .merge(['staged', 'staged_subject', 'staged_by'])
      .where(untouched(TABLE, run));
  }

  /** Ids of those who have some refs now, by ref. */
  async holders(refs: string[]): Promise<Map<string, string>> {
    const rows: Pick<Row, 'ref' | 'subject' | 'staged_subject'>[] =
      await this.rows().whereIn('ref', refs);
    return new Map(
      rows.flatMap(({ ref, subject, staged_subject: staged }) => {
        const holder = subject ?? staged;
        return holder ? [[ref, holder] as const] : [];
      }),
    );
  }

  /** How many of a kind the catalog was given. */
  async countApplied(kind: 'User' | 'Group'): Promise<number> {
    const [{ count }] = await this.rows()
      .where({ kind })
      .whereNotNull('applied')
      .count({ count: '*' });
    return Number(count);
  }

  /** What the catalog was given and a sync has not met, under no other name either. */
  async missing(run: SyncRun): Promise<AppliedEntity[]> {
    const rows: Row[] = await this.gone(run).whereNotExists(
      renamed(this.db, run),
    );
    return rows.map(describe);
  }

  /** What the catalog was given under a name that it has no more. */
  async renamed(run: SyncRun): Promise<AppliedEntity[]> {
    const rows: Row[] = await this.gone(run).whereExists(renamed(this.db, run));
    return rows.map(describe);
  }

  /** People of whom a sync has read other memberships than the catalog was given, page by page. */
  async *changedUsers(
    run: SyncRun,
    pageSize: number,
  ): AsyncGenerator<{ ref: string; applied: Entity; staged: Entity }[]> {
    let after = '';
    for (;;) {
      const rows: Row[] = await this.rows()
        .where({ kind: 'User', staged_by: run.id })
        .where('ref', '>', after)
        .whereNotNull('applied')
        .whereRaw('applied <> staged')
        .where(untouched(TABLE, run))
        .orderBy('ref')
        .limit(pageSize);
      if (rows.length > 0) {
        yield rows.map(({ ref, applied, staged }) => ({
          ref,
          applied: JSON.parse(applied!),
          staged: JSON.parse(staged!),
        }));
      }
      if (rows.length < pageSize) return;
      after = rows[rows.length - 1].ref;
    }
  }

  /** The next of what a sync has read of a kind, by ref. */
  async staged(
    run: SyncRun,
    kind: 'User' | 'Group',
    after: string,
    limit: number,
  ): Promise<Entity[]> {
    const rows: Row[] = await this.rows()
      .where({ kind, staged_by: run.id })
      .where('ref', '>', after)
      .where(untouched(TABLE, run))
      .orderBy('ref')
      .limit(limit);
    return rows.map(({ staged }) => JSON.parse(staged!));
  }

  /** Notes that the catalog was given what a sync has read. */
  async markApplied(run: SyncRun, refs: string[]): Promise<void> {
    await this.rows()
      .whereIn('ref', refs)
      .where({ staged_by: run.id })
      .update({
        applied: this.db.ref('staged'),
        subject: this.db.ref('staged_subject'),
      });
  }

  /** Notes that the catalog was given something because of an event. */
  async touch(entities: Entity[]): Promise<void> {
    if (entities.length === 0) return;
    await this.db(TABLE)
      .insert(
        entities.map(entity => ({
          provider: this.owner.provider,
          ref: stringifyEntityRef(entity),
          kind: entity.kind,
          subject: this.subjectOf(entity),
          applied: JSON.stringify(entity),
          touched_at: this.db.raw('clock_timestamp()'),
        })),
      )
      .onConflict(['provider', 'ref'])
      .merge(['kind', 'subject', 'applied', 'touched_at']);
  }

  /** Notes that the catalog was told to forget something; a sync that read it before does not bring it back. */
  async forget(refs: string[]): Promise<void> {
    await this.rows()
      .whereIn('ref', refs)
      .update({
        applied: null,
        subject: null,
        touched_at: this.db.raw('clock_timestamp()'),
      });
  }

  /** What the catalog was given of somebody or something, by the identity provider's id. */
  async bySubject(subject: string): Promise<AppliedEntity[]> {
    const rows: Row[] = await this.rows()
      .where({ subject })
      .whereNotNull('applied');
    return rows.map(describe);
  }

  /** The groups and organisations that the catalog was given. */
  async groups(): Promise<Entity[]> {
    const rows: Row[] = await this.rows()
      .where({ kind: 'Group' })
      .whereNotNull('applied');
    return rows.map(({ applied }) => JSON.parse(applied!));
  }

  /** Removes what is left over from before a sync. */
  async tidy(run: SyncRun): Promise<void> {
    await this.rows()
      .whereNull('applied')
      .where(untouched(TABLE, run))
      .delete();
  }

  private subjectOf(entity: Entity): string {
    return entity.metadata.annotations![this.owner.idAnnotation];
  }

  private rows() {
    return this.db(TABLE).where({ [`${TABLE}.provider`]: this.owner.provider });
  }

  private gone(run: SyncRun) {
    return this.rows()
      .whereNotNull('applied')
      .where(query =>
        query.whereNull('staged_by').orWhereNot('staged_by', run.id),
      )
      .where(untouched(TABLE, run))
      .orderBy('ref');
  }
}

function describe({ ref, kind, subject, applied }: Row): AppliedEntity {
  const { spec }: Entity = JSON.parse(applied!);
  return {
    ref,
    kind,
    subject: subject!,
    isOrganization: spec?.type === 'organization',
  };
}

/** Rows that no event has changed since a sync began. */
function untouched(table: string, run: SyncRun) {
  return (query: Knex.QueryBuilder) =>
    query
      .whereNull(`${table}.touched_at`)
      .orWhere(`${table}.touched_at`, '<', run.startedAt);
}

/** Rows that are read under another name. */
function renamed(db: Knex, run: SyncRun) {
  return db(`${TABLE} as other`)
    .select(db.raw('1'))
    .whereRaw('other.provider = ??', [`${TABLE}.provider`])
    .whereRaw('other.staged_subject = ??', [`${TABLE}.subject`])
    .where('other.staged_by', run.id);
}
