import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogFeed } from './CatalogFeed';
import { confirmLosses } from './confirmLosses';
import { confirmMissing } from './confirmMissing';
import { KeptStore } from './KeptStore';
import { markIfDisabled } from './markIfDisabled';
import {
  NamedUser,
  OrganizationReading,
  OrganizationSource,
} from './OrganizationSource';
import { RemovalGuard } from './RemovalGuard';
import { StopStore } from './StopStore';
import { SyncRun, SyncStore } from './SyncStore';
import { UserNames } from './UserNames';

/** Entities that the catalog is given at once. */
const BATCH = 200;

/**
 * How a sync ended.
 *
 * @public
 */
export interface SyncResult {
  /** Stopped: it would have removed too much, and changed nothing. */
  state: 'done' | 'stopped';
  users: number;
  groups: number;
  removed: number;
  /** Left in the catalog by the word of an administrator. */
  kept: number;
}

/** What a sync works with. */
export interface FullSyncOptions<User extends NamedUser> {
  /** Name of the provider's config. */
  id: string;
  source: OrganizationSource<User>;
  store: SyncStore;
  stops: StopStore;
  kept: KeptStore;
  guard: RemovalGuard;
  /** Calls to the identity provider at once. */
  concurrency: number;
  logger: LoggerService;
}

/**
 * Reads an identity provider as a whole and brings the catalog up to it. First
 * everything is read and kept in the database; only what is complete is given to
 * the catalog. Whoever would disappear or lose a group is asked for alone before
 * that.
 */
export class FullSync<User extends NamedUser> {
  constructor(private readonly options: FullSyncOptions<User>) {}

  /**
   * @throws ServiceError when the identity provider cannot be read; nothing was changed
   * @throws IncompleteReadingError when something is missing from its answers; nothing was changed
   * @throws the signal's reason once it is aborted: another process may sync by then
   */
  async run(feed: CatalogFeed, signal?: AbortSignal): Promise<SyncResult> {
    const { id, source, store, stops, guard, logger } = this.options;
    const run = await store.begin();
    const reading = await source.read();
    await this.stageGroups(run, reading.groups);
    const users = await this.stageUsers(run, reading, signal);
    await reading.assertComplete();

    signal?.throwIfAborted();
    const { missing, kept } = await this.missing(run);
    const counts = { users, groups: reading.groups.length, kept: kept.length };
    if (!(await guard.admits(missing, store))) {
      return { state: 'stopped', ...counts, removed: 0 };
    }
    await confirmMissing(missing, reading, this.options);
    await confirmLosses(run, reading, kept, this.options);

    await this.apply(run, feed, 'Group', signal);
    await this.apply(run, feed, 'User', signal);
    signal?.throwIfAborted();
    const confirmed = new Set(missing.map(({ ref }) => ref));
    const removed = await store.exclusively(async locked => {
      const gone = (await locked.missing(run)).filter(({ ref }) =>
        confirmed.has(ref),
      );
      const refs = [...gone, ...(await locked.renamed(run))].map(
        ({ ref }) => ref,
      );
      for (let at = 0; at < refs.length; at += BATCH) {
        const some = refs.slice(at, at + BATCH);
        await feed.apply([], some);
        await locked.forget(some);
      }
      return refs.length;
    });
    await store.tidy(run);
    await stops.clear(id);
    logger.info(
      `Read ${users} people and ${counts.groups} groups from ${source.name}; removed ${removed}, left ${counts.kept} that are missing there`,
    );
    return { state: 'done', ...counts, removed };
  }

  /** What a complete reading has not met: what may go, and what an administrator leaves in the catalog. */
  private async missing(run: SyncRun) {
    const { id, store, kept } = this.options;
    const all = await store.missing(run);
    await kept.retain(
      id,
      all.map(({ ref }) => ref),
    );
    const refs = await kept.refs(id);
    return {
      missing: all.filter(({ ref }) => !refs.has(ref)),
      kept: all.filter(({ ref }) => refs.has(ref)),
    };
  }

  private async stageGroups(run: SyncRun, entities: Entity[]): Promise<void> {
    for (let at = 0; at < entities.length; at += BATCH) {
      await this.options.store.stage(run, entities.slice(at, at + BATCH));
    }
  }

  /** Keeps every person. Gives how many there are. */
  private async stageUsers(
    run: SyncRun,
    reading: OrganizationReading<User>,
    signal?: AbortSignal,
  ): Promise<number> {
    const { source, store } = this.options;
    const names = new UserNames(source, store);
    // Somebody may be on two pages when another was deleted in between.
    const met = new Set<string>();
    for await (const page of reading.users()) {
      signal?.throwIfAborted();
      const nameOf = await names.of(page);
      await store.stage(
        run,
        page.map(user =>
          markIfDisabled(
            user,
            reading.userEntity(user, nameOf.get(user.id)!),
            reading.groups,
            source,
          ),
        ),
      );
      for (const { id } of page) met.add(id);
    }
    return met.size;
  }

  private async apply(
    run: SyncRun,
    feed: CatalogFeed,
    kind: 'User' | 'Group',
    signal?: AbortSignal,
  ): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined) {
      signal?.throwIfAborted();
      const from: string = after;
      after = await this.options.store.exclusively(async locked => {
        const entities = await locked.staged(run, kind, from, BATCH);
        const refs = entities.map(entity => stringifyEntityRef(entity));
        await feed.apply(entities);
        await locked.markApplied(run, refs);
        return refs.at(-1);
      });
    }
  }
}
