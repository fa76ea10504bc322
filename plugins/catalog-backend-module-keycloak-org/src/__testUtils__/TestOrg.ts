import { mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { EventParams } from '@backstage/plugin-events-node';
import { JsonObject } from '@backstage/types';
import { IDENTITY_PROVIDER_EVENTS_TOPIC } from '@formulary/plugin-provisioning-node';
import knexFactory, { Knex } from 'knex';
import {
  migrate,
  OrganizationProvider,
  StopStore,
} from '@formulary/plugin-organization-sync-node';
import { readProviderConfigs } from '../config';
import { createKeycloakProvider } from '../createKeycloakProvider';
import { KeycloakUser } from '../representations';
import { FakeKeycloak } from './FakeKeycloak';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';

/** A provider between a fake Keycloak and a catalog that only keeps what it is given. */
export class TestOrg {
  readonly catalog = new Map<string, Entity>();
  readonly mutations: EntityProviderMutation[] = [];
  readonly stops: StopStore;
  readonly auditor = mockServices.auditor.mock();
  readonly logger = mockServices.logger.mock();
  readonly notify = jest.fn();
  readonly triggerTask = jest.fn();
  provider!: OrganizationProvider<KeycloakUser>;
  private onEvent?: (params: EventParams) => Promise<void>;

  private constructor(
    readonly keycloak: FakeKeycloak,
    readonly knex: Knex,
    private readonly postgres: TestPostgres,
  ) {
    this.stops = new StopStore(knex, 'keycloak-org');
  }

  static async start(): Promise<TestOrg> {
    const postgres = await startTestPostgres();
    const knex = knexFactory({
      client: 'pg',
      connection: { ...postgres.connection, database: 'postgres' },
    });
    await migrate(knex);
    return new TestOrg(await FakeKeycloak.start(), knex, postgres);
  }

  /** Begins anew with an empty catalog. */
  async reset(settings: JsonObject = {}): Promise<void> {
    const { keycloak, knex, auditor, logger } = this;
    keycloak.users.splice(0);
    keycloak.groups.clear();
    keycloak.organizations = [];
    keycloak.maySeeOrganizations = true;
    keycloak.failWith();
    keycloak.asked.splice(0);
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
    const config = mockServices.rootConfig({
      data: {
        catalog: {
          providers: {
            keycloakOrg: { test: { ...keycloak.config, ...settings } },
          },
        },
      },
    });
    const [provider] = readProviderConfigs(config);
    this.provider = createKeycloakProvider(provider, {
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
  async event(
    type: string,
    about: { subjects?: string[]; username?: string } = {},
  ): Promise<void> {
    await this.onEvent!({
      topic: IDENTITY_PROVIDER_EVENTS_TOPIC,
      eventPayload: { source: 'keycloak', type, subjects: [], ...about },
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
    await this.keycloak.stop();
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
