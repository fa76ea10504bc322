import { Knex } from 'knex';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { FakeConnector } from '../__testUtils__/FakeConnector';
import { personNamed } from '../__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
  TestEngine,
} from '../__testUtils__/startTestEngine';
import { RUN_ENDED } from '../engine/stepWork';
import { AttemptSuccess, BegunAttempt } from './AttemptStore';
import { ProvisioningDatabase } from './ProvisioningDatabase';

jest.setTimeout(60_000);

const ANNOUNCEMENT = 'announcement-of-test';

describe('AttemptStore', () => {
  let postgres: TestPostgres;
  let engine: TestEngine;
  let database: ProvisioningDatabase;
  let knex: Knex;
  let personId: string;
  let people = 0;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    // Its queue has the schema that jobs are added in; nobody works on these steps.
    engine = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: [new FakeConnector('unused')],
      databaseOptions: {
        outbox: ({ runId, state }) => ({
          job: {
            task: ANNOUNCEMENT,
            payload: { runId, state },
            key: `announcement:${runId}`,
          },
          onlyFirst: state === 'succeeded',
        }),
      },
    });
    ({ database, knex } = engine);
  });
  beforeEach(async () => {
    people += 1;
    const stored = await database.persons.save(personNamed(`person${people}`));
    personId = stored.id;
  });
  afterAll(async () => {
    await engine.stop();
    await postgres.stop();
  });

  async function runWith(...services: string[]) {
    const runId = await database.runs.create({
      kind: 'onboard',
      source: 'admin',
      requestedBy: 'test',
      personId,
    });
    const steps = await database.steps.add(runId, services, 60_000);
    return { runId, steps };
  }

  async function begun(stepId: string): Promise<BegunAttempt> {
    const attempt = await database.attempts.begin(stepId);
    if (!attempt || attempt === 'contended') throw new Error(String(attempt));
    return attempt;
  }

  const success = ({ step, kind, personId: of }: BegunAttempt) =>
    ({
      outcome: 'created',
      account: { service: step.service, state: 'active', externalId: '7' },
      message: 'made',
      change: {
        type: 'attempt.ended',
        runId: step.runId,
        personId: of,
        kind,
        service: step.service,
        result: 'succeeded',
        durationMs: 1,
      },
      runEnded: RUN_ENDED[kind],
    } satisfies AttemptSuccess);

  const succeed = (attempt: BegunAttempt) =>
    database.attempts.succeed(attempt, success(attempt));

  async function announcements(): Promise<Array<{ state: string }>> {
    const { rows } = await knex.raw(
      `select payload from provisioning_worker._private_jobs jobs
       join provisioning_worker._private_tasks tasks on tasks.id = task_id
       where identifier = ? order by jobs.id`,
      [ANNOUNCEMENT],
    );
    return rows.map(({ payload }: { payload: { state: string } }) => payload);
  }

  it('gives an attempt all that it needs, and counts it', async () => {
    const { runId, steps } = await runWith('gitea');
    await database.accounts.expect(personId, ['gitea']);
    await database.entitlements.begin(personId, 'gitea', {
      kind: 'team',
      name: 'acme/developers',
    });
    expect(await begun(steps[0].id)).toMatchObject({
      step: { ...steps[0], attempts: 1, deadline: expect.any(Number) },
      kind: 'onboard',
      personId,
      person: { username: `person${people}` },
      known: { service: 'gitea', state: 'pending' },
      given: [{ name: 'acme/developers', given: false }],
    });
    expect(
      await database.events.listOf(runId, { after: '0', limit: 9 }),
    ).toEqual([
      expect.objectContaining({ type: 'step.started', message: 'Attempt 1' }),
    ]);
  });

  it('begins nothing for a run that was cancelled', async () => {
    const { runId, steps } = await runWith('gitea');
    await database.runs.finish(runId, 'cancelled');
    expect(await database.attempts.begin(steps[0].id)).toBeUndefined();
    const run = await database.runs.find(runId);
    expect(run?.steps[0].state).toBe('cancelled');
  });

  it('lets nobody begin while another run is at work on the account', async () => {
    const first = await runWith('gitea');
    await begun(first.steps[0].id);
    await database.runs.finish(first.runId, 'cancelled');
    const second = await runWith('gitea', 'coder');
    expect(await database.attempts.begin(second.steps[0].id)).toBe('contended');
    expect(await begun(second.steps[1].id)).toMatchObject({ personId });
  });

  it('ends a run once, however many of its steps end at the same time', async () => {
    const { runId, steps } = await runWith('gitea', 'coder', 'twenty');
    const attempts = await Promise.all(steps.map(({ id }) => begun(id)));
    const before = (await announcements()).length;
    expect(await Promise.all(attempts.map(succeed))).toEqual([
      true,
      true,
      true,
    ]);
    expect(await succeed(attempts[0])).toBe(false);
    const events = await database.events.listOf(runId, {
      after: '0',
      limit: 99,
    });
    const ofType = (type: string) =>
      events.filter(event => event.type === type).length;
    expect(ofType('step.succeeded')).toBe(3);
    expect(ofType('run.succeeded')).toBe(1);
    expect((await announcements()).length).toBe(before + 1);
    expect(await database.runs.find(runId)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('keeps what must come of the end only for the first accounts, and of every failure', async () => {
    const onboard = async (failing: boolean) => {
      const { steps } = await runWith('gitea', 'coder');
      const attempt = await begun(steps[0].id);
      await begun(steps[1].id);
      if (failing) await database.steps.fail(steps[1].id, 'no');
      else await succeed(await begun(steps[1].id));
      await succeed(attempt);
    };
    const before = (await announcements()).length;
    await onboard(false);
    await onboard(false);
    await onboard(true);
    expect((await announcements()).slice(before)).toMatchObject([
      { state: 'succeeded' },
      { state: 'failed' },
    ]);
  });

  it('keeps no secret in an event, and forgets what was given with the account', async () => {
    const { steps } = await runWith('gitea');
    await database.entitlements.begin(personId, 'gitea', {
      kind: 'team',
      name: 'acme/developers',
    });
    const attempt = await begun(steps[0].id);
    await database.attempts.succeed(attempt, {
      ...success(attempt),
      account: {
        service: 'gitea',
        state: 'removed',
        ...{ token: 'not-to-be-told' },
      },
    });
    expect(await database.entitlements.listIn(personId, 'gitea')).toEqual([]);
    const events = await database.events.search({}, { limit: 5 });
    expect(JSON.stringify(events)).not.toContain('not-to-be-told');
  });
});
