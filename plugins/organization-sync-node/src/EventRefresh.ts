import {
  DEFAULT_NAMESPACE,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogFeed } from './CatalogFeed';
import { IncompleteReadingError } from './IncompleteReadingError';
import { markIfDisabled } from './markIfDisabled';
import { OrganizationEvent } from './OrganizationEvent';
import { NamedUser, OrganizationSource } from './OrganizationSource';
import { SyncStore } from './SyncStore';
import { UserNames } from './UserNames';

/** What refreshing works with. */
export interface EventRefreshOptions<User extends NamedUser> {
  source: OrganizationSource<User>;
  store: SyncStore;
  /** Has everything read soon. */
  requestFullSync(): Promise<void>;
}

/**
 * Brings the catalog up to date for the people and groups that an event is
 * about. The event only says about whom the identity provider is to be asked.
 */
export class EventRefresh<User extends NamedUser> {
  constructor(private readonly options: EventRefreshOptions<User>) {}

  /** @throws ServiceError when the identity provider cannot be asked; the schedule makes up for it */
  async handle(event: OrganizationEvent, feed: CatalogFeed): Promise<void> {
    const { source, requestFullSync } = this.options;
    if (event.about === 'everything') {
      await requestFullSync();
      return;
    }
    if (event.about === 'groups') {
      await this.refreshGroups(feed);
      return;
    }
    const subjects = [...event.subjects];
    if (subjects.length === 0 && event.username) {
      const user = await source.findUserByName?.(event.username);
      if (user) subjects.push(user.id);
    }
    for (const subject of subjects) {
      await this.refreshPerson(subject, feed);
    }
  }

  private async refreshPerson(id: string, feed: CatalogFeed): Promise<void> {
    if (await this.applyPerson(id, feed)) return;
    // They belong to a group that is new itself.
    await this.refreshGroups(feed);
    if (await this.applyPerson(id, feed)) return;
    // Or to one that only a reading of everything finds.
    await this.options.requestFullSync();
  }

  /** Gives the catalog what a person is now; false when they belong to a group that it does not know. */
  private async applyPerson(id: string, feed: CatalogFeed): Promise<boolean> {
    try {
      await this.applyKnown(id, feed);
      return true;
    } catch (error) {
      if (error instanceof IncompleteReadingError) return false;
      throw error;
    }
  }

  private async applyKnown(id: string, feed: CatalogFeed): Promise<void> {
    const { source, store } = this.options;
    await store.exclusively(async locked => {
      const known = await locked.bySubject(id);
      const user = await source.findUser(id);
      if (!user) {
        const gone = known.map(({ ref }) => ref);
        await feed.apply([], gone);
        await locked.forget(gone);
        return;
      }
      const names = await new UserNames(source, locked).of([user]);
      const groups = await locked.groups();
      const person = markIfDisabled(
        user,
        await source.readPerson(user, names.get(id)!, groups),
        groups,
        source,
      );
      const ref = stringifyEntityRef(person);
      const former = known.map(entity => entity.ref).filter(old => old !== ref);
      await feed.apply([person], former);
      await locked.forget(former);
      await locked.touch([person]);
    });
  }

  /** Gives the catalog new and changed groups; leaves all else, such as groups that go, to a sync of everything. */
  private async refreshGroups(feed: CatalogFeed): Promise<void> {
    const { source, store, requestFullSync } = this.options;
    const isEnough = await store.exclusively(async locked => {
      const known = await locked.groups();
      const before = new Map(known.map(entity => [refOf(entity), entity]));
      const now = await source.readGroups(known);
      const refs = new Set(now.map(refOf));
      if ([...before.keys()].some(ref => !refs.has(ref))) return false;
      const changed = now.filter(
        entity =>
          JSON.stringify(entity) !== JSON.stringify(before.get(refOf(entity))),
      );
      await feed.apply(changed);
      await locked.touch(changed);
      return true;
    });
    if (!isEnough) await requestFullSync();
  }
}

function refOf(entity: Entity): string {
  return stringifyEntityRef({
    kind: entity.kind,
    namespace: DEFAULT_NAMESPACE,
    name: entity.metadata.name,
  });
}
