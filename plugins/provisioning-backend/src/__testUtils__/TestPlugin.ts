import { createHmac } from 'node:crypto';
import {
  BackendFeature,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { Run } from '@formulary/plugin-provisioning-common';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import knexFactory, { Knex } from 'knex';
import request from 'supertest';
import { provisioningPlugin } from '../plugin';
import { eventually } from './eventually';
import { FakeConnector } from './FakeConnector';
import { FakeKeycloak } from './FakeKeycloak';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';

/** Secret of Keycloak's webhook. */
export const WEBHOOK_SECRET = 'webhook-secret';

/** The plugin in a backend, with Gitea as its only service and a Keycloak that knows priya, bob, carol and hugo. */
export class TestPlugin {
  private constructor(
    readonly backend: TestBackend,
    readonly knex: Knex,
    readonly keycloak: FakeKeycloak,
    readonly gitea: FakeConnector,
    readonly auditor: ReturnType<typeof mockServices.auditor.mock>,
    readonly events: ReturnType<typeof mockServices.events.mock>,
    /** Notifications that were sent. */
    readonly sent: NotificationSendOptions[],
    private readonly postgres: TestPostgres,
    private readonly isReplica: boolean,
  ) {}

  /**
   * Starts it; priya has every permission and the others none.
   *
   * @param settings - `provisioning` of the config, instead of Keycloak and its webhook
   * @param defaults - `provisioning.defaults` of the config
   * @param more - settings besides, what else there is in the backend, the names of the permissions that others have by their refs, and the plugin on whose database it works as a replica
   */
  static async start(
    settings?: JsonObject,
    defaults?: JsonObject[],
    more: {
      settings?: JsonObject;
      features?: BackendFeature[];
      grants?: Record<string, string[]>;
      beside?: TestPlugin;
    } = {},
  ): Promise<TestPlugin> {
    const { beside } = more;
    const postgres = beside?.postgres ?? (await startTestPostgres());
    const keycloak = beside?.keycloak ?? (await FakeKeycloak.start());
    const gitea = new FakeConnector('gitea', beside?.gitea.accounts);
    const sent: NotificationSendOptions[] = [];
    const auditor = mockServices.auditor.mock();
    const events = mockServices.events.mock({
      publish: async () => undefined,
    });
    const backend = await startTestBackend({
      features: [
        provisioningPlugin,
        connectorModule(gitea),
        mockServices.rootConfig.factory({
          data: {
            backend: {
              database: { client: 'pg', connection: postgres.connection },
            },
            provisioning: {
              ...(settings ?? {
                keycloak: keycloak.config,
                webhooks: { keycloak: { secret: WEBHOOK_SECRET } },
              }),
              retry: { attempts: 1 },
              ...more.settings,
              ...(defaults ? { defaults } : {}),
            },
          },
        }),
        mockServices.database.factory(),
        permissionsOf(new Set(['user:default/priya']), more.grants),
        auditor.factory,
        events.factory,
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async notification => void sent.push(notification),
          }),
        }),
        catalogServiceMock.factory({
          entities: [
            ...['bob', 'carol', 'hugo', 'priya'].map(userEntity),
            groupEntity('acme', {
              members: ['nobody', 'bob'],
              below: ['acme-leads'],
            }),
            groupEntity('acme-leads', {
              members: ['bob', 'carol'],
              below: ['acme-leads-of-leads'],
            }),
            groupEntity('acme-leads-of-leads', { members: ['hugo'] }),
            groupEntity('empty', { members: [] }),
          ],
        }),
        ...(more.features ?? []),
      ],
    });
    const knex = knexFactory({
      client: 'pg',
      connection: {
        ...postgres.connection,
        database: 'backstage_plugin_provisioning',
      },
    });
    return new TestPlugin(
      backend,
      knex,
      keycloak,
      gitea,
      auditor,
      events,
      sent,
      postgres,
      beside !== undefined,
    );
  }

  async stop(): Promise<void> {
    await this.knex.destroy();
    await this.backend.stop();
    if (this.isReplica) return;
    await this.keycloak.stop();
    await this.postgres.stop();
  }

  /** Lets what a test has begun come to its end, and forgets it. */
  async reset(): Promise<void> {
    await eventually(async () => {
      const [runs, deliveries] = await Promise.all([
        this.knex('runs').where({ state: 'running' }),
        this.knex('webhook_deliveries').where({ state: 'stored' }),
      ]);
      return runs.length + deliveries.length === 0;
    });
    await this.knex.raw(
      'truncate persons, accounts, runs, steps, events, webhook_deliveries, bulk_jobs, bulk_lines, reconciliations, drifts, listed_matches, entitlements',
    );
    this.gitea.accounts.clear();
    this.auditor.createEvent.mockClear();
    this.events.publish.mockClear();
    for (const username of ['priya', 'bob', 'carol', 'hugo']) {
      this.keycloak.users.set(`id-${username}`, {
        id: `id-${username}`,
        username,
        email: `${username}@acme.example`,
        emailVerified: true,
        organizations: [username === 'hugo' ? 'globex' : 'acme'],
      });
    }
  }

  /** Calls the REST API as somebody. */
  call(
    method: 'get' | 'post',
    path: string,
    username: string,
    body?: object,
  ): request.Test {
    return request(this.backend.server)
      [method](`/api/provisioning${path}`)
      .set(
        'Authorization',
        mockCredentials.user.header(`user:default/${username}`),
      )
      .send(body);
  }

  /** Waits until a run has ended, as somebody who may see it. */
  async finished(run: Pick<Run, 'id'>, username = 'priya'): Promise<Run> {
    return eventually(async () => {
      const { body } = await this.call('get', `/runs/${run.id}`, username);
      return body.state !== 'running' && body;
    });
  }

  /** Sends what the events extension of Keycloak sends. */
  deliver(
    event: object,
    options: { secret?: string; signature?: string } = {},
  ): request.Test {
    const body = JSON.stringify(event);
    const signature = options.signature ?? signatureOf(body, options.secret);
    return request(this.backend.server)
      .post('/api/provisioning/webhooks/keycloak')
      .set('Content-Type', 'application/json')
      .set('X-Keycloak-Signature', signature)
      .send(body);
  }

  /** Rows of a table. */
  async count(table: string): Promise<number> {
    return Number((await this.knex(table).count({ count: '*' }))[0].count);
  }
}

/** How Keycloak signs what it sends. */
export function signatureOf(body: string, secret = WEBHOOK_SECRET): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** What Keycloak sends when somebody signs up. */
export function signUpEvent(username: string, uid = `uid-${username}`) {
  return {
    uid,
    type: 'access.REGISTER',
    realmId: 'test',
    time: 1_700_000_000_000,
    authDetails: { userId: `id-${username}`, clientId: 'portal' },
    details: { username, register_method: 'form' },
  };
}

function connectorModule(connector: FakeConnector) {
  return createBackendModule({
    pluginId: 'provisioning',
    moduleId: connector.service,
    register(registration) {
      registration.registerInit({
        deps: { connectors: provisioningConnectorsExtensionPoint },
        async init({ connectors }) {
          connectors.addConnector(connector);
        },
      });
    },
  });
}

function permissionsOf(
  admins: Set<string>,
  grants: Record<string, string[]> = {},
) {
  return mockServices.permissions.mock({
    authorize: async (requests, { credentials }) => {
      const { principal } = credentials as {
        principal: { type: string; userEntityRef?: string };
      };
      const userRef = principal.userEntityRef ?? '';
      const allowed = principal.type === 'service' || admins.has(userRef);
      return requests.map(({ permission }) => ({
        result:
          allowed || grants[userRef]?.includes(permission.name)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      }));
    },
  }).factory;
}

function userEntity(name: string) {
  return {
    apiVersion: 'backstage.io/v1beta1',
    kind: 'User',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'keycloak.org/id': `id-${name}`,
        'logto.io/id': `id-${name}`,
        'keycloak.org/realm': 'test',
      },
    },
    spec: {},
  };
}

function groupEntity(
  name: string,
  { members, below = [] }: { members: string[]; below?: string[] },
) {
  return {
    apiVersion: 'backstage.io/v1beta1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: below },
    relations: [
      ...members.map(member => ({
        type: RELATION_HAS_MEMBER,
        targetRef: `user:default/${member}`,
      })),
      ...below.map(child => ({
        type: RELATION_PARENT_OF,
        targetRef: `group:default/${child}`,
      })),
    ],
  };
}
