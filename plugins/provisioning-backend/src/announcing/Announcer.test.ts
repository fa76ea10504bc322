import { mockServices } from '@backstage/backend-test-utils';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { ServiceError } from '@formulary/service-client-node';
import { eventually } from '../__testUtils__/eventually';
import { FakeConnector } from '../__testUtils__/FakeConnector';
import { personNamed } from '../__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
  TestEngine,
} from '../__testUtils__/startTestEngine';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { announcementOutbox, ANNOUNCEMENT_TASK } from './announcementJobs';
import { Announcer } from './Announcer';

jest.setTimeout(60_000);

const ADMINS = ['group:default/platform-admins'];
const bob = { person: personNamed('bob'), enabled: true };
const byAdmin = { source: 'admin' as const, requestedBy: 'user:default/priya' };
const leaving = { ...byAdmin, reason: 'Moved to another company' };

describe('Announcer', () => {
  let postgres: TestPostgres;
  let databaseName: string;
  let gitea: FakeConnector;
  let sent: NotificationSendOptions[];
  let send: jest.MockedFunction<NotificationService['send']>;
  const engines: TestEngine[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(async () => {
    databaseName = await createTestDatabase(postgres);
    gitea = new FakeConnector('gitea');
    sent = [];
    send = jest.fn(async notification => {
      sent.push(notification);
    });
  });
  afterEach(async () => {
    await Promise.all(engines.splice(0).map(engine => engine.stop()));
  });

  async function start(admins = ADMINS) {
    const engine = await startTestEngine({
      postgres,
      databaseName,
      connectors: [gitea],
      databaseOptions: { outbox: announcementOutbox(admins.length > 0) },
      tasks: database => [
        new Announcer({
          database,
          notifications: { send },
          admins,
          titleOf: service => service.toUpperCase(),
          logger: mockServices.logger.mock(),
        }).task(),
      ],
    });
    engines.push(engine);
    return engine;
  }

  async function waitingJobs({ knex }: TestEngine): Promise<number> {
    const { rows } = await knex.raw(
      'select 1 from provisioning_worker.jobs where task_identifier = ?',
      [ANNOUNCEMENT_TASK],
    );
    return rows.length;
  }

  async function told(engine: TestEngine) {
    await eventually(async () => (await waitingJobs(engine)) === 0);
    return sent;
  }

  async function onboard(engine: TestEngine) {
    const { run } = await engine.engine.provisioning.onboard(bob, byAdmin);
    return engine.finished(run.id);
  }

  function refuse() {
    gitea.willDo(async () => {
      throw new ServiceError('Gitea has bob@acme.example already', {
        kind: 'conflict',
        service: 'Gitea',
      });
    });
  }

  it('tells the person once that their accounts are ready, with two processes at work', async () => {
    const engine = await start();
    await start();
    const first = await onboard(engine);
    await onboard(engine);
    expect(await told(engine)).toEqual([
      {
        recipients: { type: 'entity', entityRef: 'user:default/bob' },
        payload: {
          title: 'Your accounts are ready',
          description: 'Your tools are on the home page',
          link: '/',
          severity: 'normal',
          topic: 'accounts',
          scope: `provisioning:run:${first.id}`,
        },
      },
    ]);
  });

  it('tells the person of a suspension and a return, and not of a removal', async () => {
    const engine = await start();
    await onboard(engine);
    const { id } = (await engine.database.persons.findByUserRef(
      'user:default/bob',
    ))!;
    for (const change of ['suspend', 'restore', 'suspend', 'remove'] as const) {
      const { run } = await engine.engine.offboarding[change](id, leaving);
      await engine.finished(run.id);
      await told(engine);
    }
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      'Your accounts are ready',
      'Your accounts are suspended',
      'Your accounts are back',
      'Your accounts are suspended',
    ]);
  });

  it('tells the administrators of a failure, with no more about the person than their name', async () => {
    const engine = await start();
    refuse();
    const run = await onboard(engine);
    expect(run.state).toBe('failed');
    expect(await told(engine)).toMatchObject([
      {
        recipients: { type: 'entity', entityRef: ADMINS },
        payload: {
          title: `The accounts of ${bob.person.displayName} could not be prepared`,
          description:
            'It failed in GITEA. The run says why, and can be retried',
          link: `/provisioning/runs/${run.id}`,
          severity: 'high',
        },
      },
    ]);
    expect(JSON.stringify(sent)).not.toContain('@acme.example');
  });

  it('tells the administrators of an outage once, with how many runs failed', async () => {
    const engine = await start();
    const runs = [];
    for (const name of ['bob', 'carol', 'dave']) {
      refuse();
      const { run } = await engine.engine.provisioning.onboard(
        { person: personNamed(name), enabled: true },
        byAdmin,
      );
      runs.push(await engine.finished(run.id));
      await told(engine);
    }
    expect(runs.map(({ state }) => state)).toEqual(runs.map(() => 'failed'));
    expect(sent.map(({ payload }) => payload.title)).toEqual([
      expect.stringContaining('could not be prepared'),
      '2 runs failed in GITEA',
      '3 runs failed in GITEA',
    ]);
    // Backstage replaces the one before by scope.
    expect(new Set(sent.map(({ payload }) => payload.scope)).size).toBe(1);
    expect(sent[2].payload.link).toBe('/provisioning/runs?state=failed');
  });

  it('tells of failures one after the other, so that each replaces the one before', async () => {
    let atOnce = 0;
    let most = 0;
    send.mockImplementation(async notification => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise(resolve => setImmediate(resolve));
      atOnce -= 1;
      sent.push(notification);
    });
    const engine = await start();
    const names = ['bob', 'carol', 'dave', 'erin'];
    names.forEach(refuse);
    await Promise.all(
      names.map(async name => {
        const { run } = await engine.engine.provisioning.onboard(
          { person: personNamed(name), enabled: true },
          byAdmin,
        );
        await engine.finished(run.id);
      }),
    );
    await eventually(async () => sent.length === names.length);
    expect(most).toBe(1);
    expect(sent.at(-1)?.payload.title).toBe('4 runs failed in GITEA');
  });

  it('tells nobody of a failure when there are no administrators', async () => {
    const engine = await start([]);
    refuse();
    await onboard(engine);
    expect(await waitingJobs(engine)).toBe(0);
    expect(sent).toEqual([]);
  });

  it('tries again while notifications cannot be sent', async () => {
    const engine = await start();
    send.mockRejectedValueOnce(new Error('not ready yet'));
    await onboard(engine);
    await eventually(async () => sent.length === 1);
    expect(send).toHaveBeenCalledTimes(2);
  });
});
