import { mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { EventParams } from '@backstage/plugin-events-node';
import {
  KeptStore,
  migrate,
  ProviderServices,
  StopStore,
  SyncResult,
} from '@formulary/plugin-organization-sync-node';
import {
  IDENTITY_PROVIDER_EVENTS_TOPIC,
  IdentityProviderEvent,
} from '@formulary/plugin-provisioning-node';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import knexFactory, { Knex } from 'knex';

/**
 * A provider as the tests see it.
 *
 * @public
 */
export interface TestProvider extends EntityProvider {
  listen(): Promise<void>;
  sync(): Promise<SyncResult>;
}

/**
 * A provider between an identity provider and a catalog that only keeps what it is given.
 *
 * @public
 */
export class TestSync {
  readonly catalog = new Map<string, Entity>();
  readonly mutations: EntityProviderMutation[] = [];
  readonly stops: StopStore;
  readonly kept: KeptStore;
  readonly auditor = mockServices.auditor.mock();
  readonly logger = mockServices.logger.mock();
  readonly notify = jest.fn();
  readonly triggerTask = jest.fn();
  provider!: TestProvider;
  private onEvent?: (params: EventParams) => Promise<void>;

  private constructor(
    moduleId: string,
    readonly knex: Knex,
    private readonly postgres: TestPostgres,
  ) {
    this.stops = new StopStore(knex, moduleId);
    this.kept = new KeptStore(knex, moduleId);
  }

  /** @param moduleId - such as `keycloak-org` */
  static async start(moduleId: string): Promise<TestSync> {
    const postgres = await startTestPostgres();
    const knex = knexFactory({
      client: 'pg',
      connection: { ...postgres.connection, database: 'postgres' },
    });
    await migrate(knex);
    return new TestSync(moduleId, knex, postgres);
  }

  /** Begins anew with an empty catalog and another provider. */
  async reset(
    createProvider: (services: ProviderServices) => TestProvider,
  ): Promise<void> {
    const { knex, auditor, logger } = this;
    this.catalog.clear();
    this.mutations.splice(0);
    jest.clearAllMocks();
    auditor.createEvent.mockResolvedValue({
      success: jest.fn(),
      fail: jest.fn(),
    });
    logger.child.mockReturnValue(logger);
    await knex('organization_sync_entities').delete();
    await knex('organization_sync_stops').delete();
    await knex('organization_sync_kept').delete();
    this.provider = createProvider({
      knex,
      auditor,
      logger,
      notifications: { send: this.notify },
      scheduler: mockServices.scheduler.mock({ triggerTask: this.triggerTask }),
      events: mockServices.events.mock({
        subscribe: async ({ onEvent }) => {
          this.onEvent = onEvent;
        },
      }),
    });
    await this.provider.connect({
      applyMutation: async mutation => this.apply(mutation),
      refresh: async () => undefined,
    });
    await this.provider.listen();
  }

  /** Tells the provider of an event, as the webhook does, and waits until it is dealt with. */
  async event(eventPayload: IdentityProviderEvent): Promise<void> {
    await this.onEvent!({
      topic: IDENTITY_PROVIDER_EVENTS_TOPIC,
      eventPayload,
    });
  }

  /** Refs in the catalog, sorted. */
  refs(): string[] {
    return [...this.catalog.keys()].sort();
  }

  /** Groups of a user in the catalog. */
  memberOf(name: string): unknown {
    return this.catalog.get(`user:default/${name}`)?.spec?.memberOf;
  }

  async stop(): Promise<void> {
    await this.knex.destroy();
    await this.postgres.stop();
  }

  private async apply(mutation: EntityProviderMutation) {
    // The catalog takes a connection of the same pool.
    await this.knex.raw('select 1');
    this.mutations.push(mutation);
    if (mutation.type === 'full') throw new Error('a full mutation');
    for (const removed of mutation.removed) {
      if ('entityRef' in removed) this.catalog.delete(removed.entityRef);
    }
    for (const { entity } of mutation.added) {
      this.catalog.set(stringifyEntityRef(entity), entity);
    }
  }
}
