import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogFeed } from './CatalogFeed';
import { confirmLosses } from './confirmLosses';
import { confirmMissing } from './confirmMissing';
import { groupEntities } from './groupEntities';
import { GroupIndex } from './GroupIndex';
import { IncompleteReadingError } from './IncompleteReadingError';
import { KeycloakRealm } from './KeycloakRealm';
import { Origin } from './Origin';
import { OrgStore, SyncRun } from './OrgStore';
import { ReadingOptions, readStructure, RealmStructure } from './readStructure';
import { RemovalGuard } from './RemovalGuard';
import { isServiceAccount } from './representations';
import { StopStore } from './StopStore';
import { userEntity } from './userEntity';
import { UserNames } from './UserNames';

/** Entities that the catalog is given at once. */
const BATCH = 200;

/** Of somebody who belongs to nothing. */
const NOTHING = { groups: [], organizations: [], roles: [] };

/** How a sync ended. */
export interface SyncResult {
  /** Stopped: it would have removed too much, and changed nothing. */
  state: 'done' | 'stopped';
  users: number;
  groups: number;
  removed: number;
}

/** What a sync works with. */
export interface FullSyncOptions {
  /** Name of the realm's config. */
  id: string;
  realm: KeycloakRealm;
  origin: Origin;
  store: OrgStore;
  stops: StopStore;
  guard: RemovalGuard;
  reading: ReadingOptions;
  logger: LoggerService;
}

/**
 * Reads a realm as a whole and brings the catalog up to it. First everything is
 * read and kept in the database; only what is complete is given to the catalog.
 * Whoever would disappear or lose a group is asked for alone before that.
 */
export class FullSync {
  constructor(private readonly options: FullSyncOptions) {}

  /**
   * @throws ServiceError when Keycloak cannot be read; nothing was changed
   * @throws IncompleteReadingError when something is missing from its answers; nothing was changed
   * @throws the signal's reason once it is aborted: another process may sync by then
   */
  async run(feed: CatalogFeed, signal?: AbortSignal): Promise<SyncResult> {
    const { id, realm, store, stops, guard, reading, logger } = this.options;
    const run = await store.begin();
    const structure = await readStructure(realm, reading);
    const entities = groupEntities(structure, this.options.origin);
    await this.stageGroups(run, entities);
    const index = new GroupIndex(entities);
    const users = await this.stageUsers(run, structure, index, signal);
    await this.assertCounts(structure, users);

    signal?.throwIfAborted();
    const missing = await store.missing(run);
    const groups = entities.length;
    if (!(await guard.admits(missing, store))) {
      return { state: 'stopped', users, groups, removed: 0 };
    }
    await confirmMissing(missing, structure, this.options);
    await confirmLosses(run, index, this.options);

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
      `Read ${users} people and ${groups} groups from the realm ${realm.name}; removed ${removed}`,
    );
    return { state: 'done', users, groups, removed };
  }

  private async stageGroups(run: SyncRun, entities: Entity[]): Promise<void> {
    for (let at = 0; at < entities.length; at += BATCH) {
      await this.options.store.stage(run, entities.slice(at, at + BATCH));
    }
  }

  /** Keeps every person. Gives how many users Keycloak listed. */
  private async stageUsers(
    run: SyncRun,
    { belongings }: RealmStructure,
    index: GroupIndex,
    signal?: AbortSignal,
  ): Promise<number> {
    const { realm, store, origin } = this.options;
    const names = new UserNames(realm, store);
    // Somebody may be on two pages when another was deleted in between.
    const met = new Set<string>();
    for await (const page of realm.users()) {
      signal?.throwIfAborted();
      const people = page.filter(user => !isServiceAccount(user));
      const nameOf = await names.of(people);
      await store.stage(
        run,
        people.map(user =>
          userEntity(
            user,
            nameOf.get(user.id)!,
            belongings.get(user.id) ?? NOTHING,
            index,
            origin,
          ),
        ),
      );
      for (const { id } of page) met.add(id);
    }
    return met.size;
  }

  private async assertCounts(
    { groups }: RealmStructure,
    users: number,
  ): Promise<void> {
    const { realm } = this.options;
    const userCount = await realm.userCount();
    if (users < userCount) {
      throw new IncompleteReadingError(
        realm.name,
        `it listed ${users} of ${userCount} users`,
      );
    }
    const groupCount = await realm.groupCount();
    if (groups.length < groupCount) {
      throw new IncompleteReadingError(
        realm.name,
        `it listed ${groups.length} of ${groupCount} groups`,
      );
    }
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
