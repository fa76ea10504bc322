import {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { IDENTITY_PROVIDER_EVENTS_TOPIC } from '@formulary/plugin-provisioning-node';
import { isServiceError } from '@formulary/service-client-node';
import { Knex } from 'knex';
import { CatalogFeed } from './CatalogFeed';
import { ProviderConfig } from './config';
import { EventRefresh } from './EventRefresh';
import { FullSync, SyncResult } from './FullSync';
import { readKeycloakEvent } from './keycloakEvent';
import { KeycloakRealm } from './KeycloakRealm';
import { Origin } from './Origin';
import { OrgStore } from './OrgStore';
import { RemovalGuard } from './RemovalGuard';
import { StopStore } from './StopStore';

/** What every realm's provider works with. */
export interface ProviderServices {
  knex: Knex;
  scheduler: SchedulerService;
  events: EventsService;
  auditor: AuditorService;
  notifications: NotificationService;
  logger: LoggerService;
}

/** The people, groups and organisations of one realm, as entities. */
export class KeycloakOrgProvider implements EntityProvider {
  private feed?: CatalogFeed;
  private readonly fullSync: FullSync;
  private readonly eventRefresh: EventRefresh;

  constructor(
    private readonly config: ProviderConfig,
    private readonly services: ProviderServices,
  ) {
    const { id, notify, removals, concurrency, realmRoles } = config;
    const { knex, auditor, notifications, logger } = services;
    const realm = new KeycloakRealm(config);
    const stops = new StopStore(knex);
    const common = {
      realm,
      origin: new Origin(realm.baseUrl, realm.name),
      store: new OrgStore(knex, id),
      reading: { concurrency, realmRoles },
      logger,
    };
    this.fullSync = new FullSync({
      ...common,
      id,
      stops,
      guard: new RemovalGuard({
        ...{ id, notify, stops, auditor, notifications, logger },
        limits: removals,
      }),
    });
    this.eventRefresh = new EventRefresh({
      ...common,
      requestFullSync: () => this.requestSync(),
    });
  }

  get id(): string {
    return this.config.id;
  }

  getProviderName(): string {
    return `keycloak-org:${this.id}`;
  }

  /** Begins to give the catalog what there is, on schedule. */
  async connect(connection: EntityProviderConnection): Promise<void> {
    this.feed = new CatalogFeed(connection, this.getProviderName());
    await this.services.scheduler.scheduleTask({
      ...this.config.schedule,
      id: this.taskId,
      scope: 'global',
      fn: async signal => {
        await this.sync(signal);
      },
    });
  }

  /** Begins to follow events. Only a backend that has started can hear of those in other processes. */
  async listen(): Promise<void> {
    await this.services.events.subscribe({
      id: this.getProviderName(),
      topics: [IDENTITY_PROVIDER_EVENTS_TOPIC],
      onEvent: ({ eventPayload }) => this.onEvent(eventPayload),
    });
  }

  /**
   * Reads the whole realm.
   *
   * @throws when it cannot be read as a whole; the catalog is as before
   */
  async sync(signal?: AbortSignal): Promise<SyncResult> {
    return this.fullSync.run(this.connected(), signal);
  }

  /** Has the whole realm read now, wherever the task runs; does nothing while it is being read. */
  async requestSync(): Promise<void> {
    try {
      await this.services.scheduler.triggerTask(this.taskId);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConflictError')) {
        throw error;
      }
      this.services.logger.info('A sync of Keycloak is under way already');
    }
  }

  private async onEvent(payload: unknown): Promise<void> {
    const event = readKeycloakEvent(payload);
    if (!event) return;
    try {
      await this.eventRefresh.handle(event, this.connected());
    } catch (error) {
      if (!isServiceError(error)) throw error;
      this.services.logger.warn(
        `An event of Keycloak could not be followed; the next sync makes up for it. ${error}`,
      );
    }
  }

  private get taskId(): string {
    return `${this.getProviderName()}:sync`;
  }

  private connected(): CatalogFeed {
    if (!this.feed) throw new Error('The catalog is not connected yet');
    return this.feed;
  }
}
