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
import { EventRefresh } from './EventRefresh';
import { FullSync, SyncResult } from './FullSync';
import { KeptStore } from './KeptStore';
import { ModuleNames } from './ModuleNames';
import { EventTypes, readOrganizationEvent } from './OrganizationEvent';
import { NamedUser, OrganizationSource } from './OrganizationSource';
import { RemovalGuard } from './RemovalGuard';
import { StopStore } from './StopStore';
import { SyncSettings } from './SyncSettings';
import { SyncStore } from './SyncStore';

/**
 * What every provider works with.
 *
 * @public
 */
export interface ProviderServices {
  knex: Knex;
  scheduler: SchedulerService;
  events: EventsService;
  auditor: AuditorService;
  notifications: NotificationService;
  logger: LoggerService;
}

/**
 * What a provider reads, and how.
 *
 * @public
 */
export interface OrganizationProviderOptions<User extends NamedUser> {
  names: ModuleNames;
  settings: SyncSettings;
  source: OrganizationSource<User>;
  eventTypes: EventTypes;
}

/**
 * The people, groups and organisations of one identity provider, as entities.
 *
 * @public
 */
export class OrganizationProvider<User extends NamedUser>
  implements EntityProvider
{
  private feed?: CatalogFeed;
  private readonly fullSync: FullSync<User>;
  private readonly eventRefresh: EventRefresh<User>;

  constructor(
    private readonly options: OrganizationProviderOptions<User>,
    private readonly services: ProviderServices,
  ) {
    const { names, settings, source } = options;
    const { id, notify, removals, concurrency } = settings;
    const { knex, auditor, notifications, logger } = services;
    const stops = new StopStore(knex, names.moduleId);
    const kept = new KeptStore(knex, names.moduleId);
    const store = new SyncStore(knex, {
      provider: this.getProviderName(),
      idAnnotation: source.idAnnotation,
    });
    this.fullSync = new FullSync({
      ...{ id, source, store, stops, kept, concurrency, logger },
      guard: new RemovalGuard({
        ...{ id, names, notify, stops, auditor, notifications, logger },
        limits: removals,
      }),
    });
    this.eventRefresh = new EventRefresh({
      source,
      store,
      requestFullSync: () => this.requestSync(),
    });
  }

  get id(): string {
    return this.options.settings.id;
  }

  getProviderName(): string {
    return `${this.options.names.moduleId}:${this.id}`;
  }

  /** Begins to give the catalog what there is, on schedule. */
  async connect(connection: EntityProviderConnection): Promise<void> {
    this.feed = new CatalogFeed(connection, this.getProviderName());
    await this.services.scheduler.scheduleTask({
      ...this.options.settings.schedule,
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
   * Reads everything.
   *
   * @throws when it cannot be read as a whole; the catalog is as before
   */
  async sync(signal?: AbortSignal): Promise<SyncResult> {
    return this.fullSync.run(this.connected(), signal);
  }

  /** Has everything read now, wherever the task runs; does nothing while it is being read. */
  async requestSync(): Promise<void> {
    try {
      await this.services.scheduler.triggerTask(this.taskId);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConflictError')) {
        throw error;
      }
      this.services.logger.info(
        `A sync of ${this.options.names.title} is under way already`,
      );
    }
  }

  private async onEvent(payload: unknown): Promise<void> {
    const { names, eventTypes } = this.options;
    const event = readOrganizationEvent(payload, eventTypes);
    if (!event) return;
    try {
      await this.eventRefresh.handle(event, this.connected());
    } catch (error) {
      if (!isServiceError(error)) throw error;
      this.services.logger.warn(
        `An event of ${names.title} could not be followed; the next sync makes up for it. ${error}`,
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
