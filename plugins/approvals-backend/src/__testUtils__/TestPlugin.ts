import { randomUUID } from 'node:crypto';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import {
  ScaffolderService,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import {
  ApprovalDetails,
  RequireApproval,
  RequiredApproval,
} from '@formulary/plugin-approvals-common';
import knexFactory, { Knex } from 'knex';
import request from 'supertest';
import { approvalsPlugin } from '../plugin';
import { entities } from './organisations';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';

/** The task of a test, with what is worth changing. */
export interface TestTask {
  user: string;
  parameters?: JsonObject;
  steps?: ScaffolderTask['spec']['steps'];
  /** The one of the formula `research` when left out. */
  templateRef?: string;
}

/** The plugin in a backend, with three organisations, a scaffolder that has tasks, and a record of what people were told. */
export class TestPlugin {
  private constructor(
    readonly backend: TestBackend,
    readonly knex: Knex,
    readonly tasks: Map<string, ScaffolderTask>,
    readonly told: NotificationSendOptions[],
    readonly auditor: ReturnType<typeof mockServices.auditor.mock>,
    private readonly postgres: TestPostgres,
  ) {}

  /** Starts it; priya has every permission and the others none. */
  static async start(approvals: JsonObject): Promise<TestPlugin> {
    const postgres = await startTestPostgres();
    const tasks = new Map<string, ScaffolderTask>();
    const told: NotificationSendOptions[] = [];
    const auditor = mockServices.auditor.mock();
    const backend = await startTestBackend({
      features: [
        approvalsPlugin,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              database: { client: 'pg', connection: postgres.connection },
            },
            approvals,
          },
        }),
        mockServices.database.factory(),
        auditor.factory,
        permissionsOf('user:default/priya'),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async sent => void told.push(sent) }),
        }),
        createServiceFactory({
          service: scaffolderServiceRef,
          deps: {},
          factory: () =>
            ({
              getTask: async ({ taskId }) => {
                const task = tasks.get(taskId);
                if (!task) throw new NotFoundError(`No task ${taskId}`);
                return task;
              },
            } as Partial<ScaffolderService> as ScaffolderService),
        }),
        catalogServiceMock.factory({ entities }),
      ],
    });
    const knex = knexFactory({
      client: 'pg',
      connection: {
        ...postgres.connection,
        database: 'backstage_plugin_approvals',
      },
    });
    return new TestPlugin(backend, knex, tasks, told, auditor, postgres);
  }

  async stop(): Promise<void> {
    await this.knex.destroy();
    await this.backend.stop();
    await this.postgres.stop();
  }

  /** Forgets what tests have done. */
  async reset(): Promise<void> {
    await this.knex.raw('truncate requests, approvers, events');
    this.tasks.clear();
    this.told.length = 0;
    this.auditor.createEvent.mockClear();
  }

  /** Starts a task of the template `research`; returns its id. */
  task({
    user,
    parameters = { gpu: 2 },
    steps,
    templateRef = 'template:default/research',
  }: TestTask): string {
    const id = randomUUID();
    this.tasks.set(id, {
      id,
      status: 'processing',
      createdAt: new Date().toISOString(),
      lastHeartbeatAt: new Date().toISOString(),
      spec: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        parameters,
        steps: steps ?? [
          { id: 'approval', name: 'Approval', action: 'approval:require' },
        ],
        output: {},
        user: { ref: `user:default/${user}` },
        templateInfo: {
          entityRef: templateRef,
          entity: { metadata: { name: 'research', title: 'Research' } },
        },
      },
    });
    return id;
  }

  /** What the action of a task asks, on behalf of a user. */
  require(
    user: string,
    asked: Partial<RequireApproval> & { taskId: string },
  ): request.Test {
    return request(this.backend.server)
      .post('/api/approvals/requests')
      .set(
        'Authorization',
        `Bearer ${mockCredentials.user.token(`user:default/${user}`, {
          actor: { subject: 'plugin:scaffolder' },
        })}`,
      )
      .send({ stepId: 'approval', reason: 'An experiment', ...asked });
  }

  /** Has a user's task ask for an approval, and gives the request. */
  async asked(
    user: string,
    task: Omit<TestTask, 'user'> = {},
    asked: Partial<RequireApproval> = {},
  ): Promise<Extract<RequiredApproval, { outcome: 'pending' | 'approved' }>> {
    const { body } = await this.require(user, {
      taskId: this.task({ user, ...task }),
      ...asked,
    }).expect(200);
    return body;
  }

  /** Calls the REST API as somebody. */
  call(
    method: 'get' | 'post',
    path: string,
    user: string,
    body?: object,
  ): request.Test {
    return request(this.backend.server)
      [method](`/api/approvals${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${user}`))
      .send(body);
  }

  /** Decides a request as somebody. */
  decide(
    id: string,
    user: string,
    decision: 'approve' | 'reject' = 'approve',
  ): request.Test {
    return this.call('post', `/requests/${id}/decide`, user, {
      decision,
      reason: 'Because',
    });
  }

  /** A request as somebody sees it. */
  async seen(id: string, user: string): Promise<ApprovalDetails> {
    return (await this.call('get', `/requests/${id}`, user).expect(200)).body;
  }

  /** Lets the time of a request run out. */
  async runOut(id: string): Promise<void> {
    await this.knex('requests')
      .where({ id })
      .update({ expires_at: this.knex.raw(`now() - interval '1 second'`) });
  }
}

function permissionsOf(admin: string) {
  return mockServices.permissions.mock({
    authorize: async (requests, { credentials }) => {
      const { principal } = credentials as {
        principal: { userEntityRef?: string };
      };
      const allowed = principal.userEntityRef === admin;
      return requests.map(() => ({
        result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      }));
    },
  }).factory;
}
