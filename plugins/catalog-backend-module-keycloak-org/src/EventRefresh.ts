import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  KEYCLOAK_ID_ANNOTATION,
  KEYCLOAK_ORGANIZATION_ANNOTATION,
} from './annotations';
import { CatalogFeed } from './CatalogFeed';
import { groupEntities } from './groupEntities';
import { GroupIndex } from './GroupIndex';
import { readGroups } from './GroupTree';
import { IncompleteReadingError } from './IncompleteReadingError';
import { KeycloakEvent } from './keycloakEvent';
import { KeycloakRealm } from './KeycloakRealm';
import { Origin } from './Origin';
import { OrgStore } from './OrgStore';
import { readPerson } from './readPerson';
import { listOrganizations, ReadingOptions } from './readStructure';
import { isServiceAccount, KeycloakOrganization } from './representations';
import { UserNames } from './UserNames';

/** What refreshing works with. */
export interface EventRefreshOptions {
  realm: KeycloakRealm;
  origin: Origin;
  store: OrgStore;
  reading: ReadingOptions;
  /** Has the whole realm read soon. */
  requestFullSync(): Promise<void>;
  logger: LoggerService;
}

/**
 * Brings the catalog up to date for the people and groups that an event is
 * about. The event only says about whom Keycloak is to be asked.
 */
export class EventRefresh {
  constructor(private readonly options: EventRefreshOptions) {}

  /** @throws ServiceError when Keycloak cannot be asked; the schedule makes up for it */
  async handle(event: KeycloakEvent, feed: CatalogFeed): Promise<void> {
    const { realm } = this.options;
    if (event.about === 'groups') {
      await this.refreshGroups(feed);
      return;
    }
    const subjects = [...event.subjects];
    if (subjects.length === 0 && event.username) {
      const user = await realm.userByName(event.username);
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
    // Or to a new organisation, which the service account may not list.
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
    const { realm, store } = this.options;
    await store.exclusively(async locked => {
      const known = await locked.bySubject(id);
      const user = await realm.user(id);
      if (!user || isServiceAccount(user)) {
        const gone = known.map(({ ref }) => ref);
        await feed.apply([], gone);
        await locked.forget(gone);
        return;
      }
      const names = await new UserNames(realm, locked).of([user]);
      const index = new GroupIndex(await locked.groups());
      const person = await readPerson(id, names.get(id)!, index, this.options);
      // Deleted since the line above; its own event follows.
      if (!person) return;
      const ref = stringifyEntityRef(person);
      const former = known.map(entity => entity.ref).filter(old => old !== ref);
      await feed.apply([person], former);
      await locked.forget(former);
      await locked.touch([person]);
    });
  }

  /** Gives the catalog new and changed groups; leaves all else, such as groups that go, to a sync of everything. */
  private async refreshGroups(feed: CatalogFeed): Promise<void> {
    const { realm, origin, store, reading, requestFullSync } = this.options;
    const isEnough = await store.exclusively(async locked => {
      const before = new Map(
        (await locked.groups()).map(entity => [refOf(entity), entity]),
      );
      const organizations =
        (await listOrganizations(realm)) ?? organizationsOf(before.values());
      const groups = await readGroups(realm, reading.concurrency);
      const now = groupEntities({ groups, organizations }, origin);
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

/** The organisations that the catalog knows, where the service account may not list them. */
function organizationsOf(entities: Iterable<Entity>): KeycloakOrganization[] {
  return [...entities]
    .filter(({ spec }) => spec?.type === 'organization')
    .map(({ metadata, spec }) => {
      const profile = spec?.profile;
      const { [KEYCLOAK_ID_ANNOTATION]: id, ...more } =
        metadata.annotations ?? {};
      const alias = more[KEYCLOAK_ORGANIZATION_ANNOTATION];
      const name =
        typeof profile === 'object' && profile && 'displayName' in profile
          ? String(profile.displayName)
          : alias;
      return { id, alias, name };
    });
}
