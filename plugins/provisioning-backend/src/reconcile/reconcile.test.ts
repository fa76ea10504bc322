import { Drift, Person } from '@formulary/plugin-provisioning-common';
import { ServiceError, ServiceErrorKind } from '@formulary/service-client-node';
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

jest.setTimeout(120_000);

const priya = 'user:default/priya';
const byAdmin = { source: 'admin' as const, requestedBy: priya };

function noAnswer(kind: ServiceErrorKind) {
  return new ServiceError('Gitea gave no answer', { kind, service: 'Gitea' });
}

describe('reconciling', () => {
  let postgres: TestPostgres;
  let databaseName: string;
  let gitea: FakeConnector;
  let coder: FakeConnector;
  let test: TestEngine;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(async () => {
    gitea = new FakeConnector('gitea');
    coder = new FakeConnector('coder');
    databaseName = await createTestDatabase(postgres);
    test = await start();
  });
  afterEach(async () => {
    await test.stop();
  });

  function start() {
    return startTestEngine({
      postgres,
      databaseName,
      connectors: [gitea, coder],
    });
  }

  async function onboarded(...usernames: string[]): Promise<Person[]> {
    const people = usernames.map(username => personNamed(username));
    for (const person of people) {
      const { run } = await test.engine.provisioning.onboard(
        { person, enabled: true },
        byAdmin,
      );
      await test.finished(run.id);
    }
    return people;
  }

  /** Persons who are stored with accounts in both services, without having been onboarded one by one. */
  async function crowd(size: number) {
    await test.knex.raw(
      `insert into persons (user_ref, issuer, subject, username, email, email_verified, display_name, organisation, groups, attributes)
       select 'user:default/p' || n, 'http://idp.example/realms/test', 'subject-of-p' || n, 'p' || n, 'p' || n || '@acme.example', true, 'p' || n, 'acme', '[]', '{}'
       from generate_series(1, ?) n`,
      [size],
    );
    await test.knex.raw(
      `insert into accounts (person_id, service, state, external_id, username)
       select id, service, 'active', username, username from persons, unnest(array['gitea', 'coder']) service`,
    );
    for (let n = 1; n <= size; n += 1) {
      for (const connector of [gitea, coder]) {
        connector.accounts.set(`subject-of-p${n}`, {
          service: connector.service,
          state: 'active',
          externalId: `p${n}`,
          username: `p${n}`,
        });
      }
    }
  }

  async function ended(id: string) {
    return eventually(async () => {
      const found = await test.database.reconciliations.find(id);
      return found && found.state !== 'running' && found;
    });
  }

  async function compare() {
    const { id } = await test.engine.reconciler.start(priya);
    const plan = await ended(id);
    const { items } = await drifts(id);
    return { plan, items };
  }

  function drifts(id: string) {
    return test.database.drifts.list(id, { limit: 100, offset: 0 });
  }

  async function settled(id: string) {
    return eventually(async () => {
      const { items } = await drifts(id);
      return !items.some(({ state }) => state === 'chosen') && items;
    });
  }

  const count = async (table: string, where: object = {}) =>
    Number(
      (await test.knex(table).where(where).count({ count: '*' }))[0].count,
    );

  function change(
    connector: FakeConnector,
    { subject }: Person,
    fields: object,
  ) {
    const account = connector.accounts.get(subject)!;
    connector.accounts.set(subject, { ...account, ...fields });
  }

  const brief = ({ username, service, kind, mend }: Drift) =>
    `${username} ${service} ${kind} ${mend}`;

  it('finds nothing where all is as it should be, and changes nothing', async () => {
    await onboarded('bob', 'carol');
    const before = [gitea.calls, coder.calls];
    const { plan, items } = await compare();
    expect(items).toEqual([]);
    expect(plan).toMatchObject({
      state: 'succeeded',
      requestedBy: priya,
      totalPersons: 2,
      checkedPersons: 2,
      busyPersons: 0,
      services: [
        { service: 'gitea', found: 2, gone: 0, unreadable: 0 },
        { service: 'coder', found: 2, gone: 0, unreadable: 0 },
      ],
      drifts: [],
    });
    expect([gitea.calls, coder.calls]).toEqual(before);
  });

  it('finds each kind of drift, and says what mends it', async () => {
    const [missing, renamed, changed, pending, unlinked, replaced, blocked] =
      await onboarded(
        'a-missing',
        'b-renamed',
        'c-changed',
        'd-pending',
        'e-unlinked',
        'f-replaced',
        'g-blocked',
      );
    gitea.accounts.delete(missing.subject);
    change(gitea, renamed, { username: 'bobby' });
    change(gitea, changed, { email: 'other@acme.example' });
    change(gitea, pending, { state: 'pending' });
    gitea.unlinked.add(pending.subject);
    gitea.unlinked.add(unlinked.subject);
    change(gitea, replaced, { externalId: '4711' });
    change(gitea, blocked, { state: 'suspended' });

    const { plan, items } = await compare();
    expect(items.map(brief)).toEqual([
      'a-missing gitea missing prepare',
      'b-renamed gitea renamed prepare',
      'c-changed gitea changed prepare',
      'd-pending gitea changed prepare',
      'e-unlinked gitea wrong-link administrator',
      'f-replaced gitea wrong-link administrator',
      'g-blocked gitea suspended administrator',
    ]);
    expect(items[1]).toMatchObject({
      found: 'The account is called bobby',
      wanted: 'It was b-renamed',
      state: 'open',
    });
    expect(plan.drifts).toContainEqual({
      kind: 'wrong-link',
      state: 'open',
      count: 2,
    });
  });

  it('finds accounts that work of people who are suspended or removed', async () => {
    await onboarded('bob', 'carol');
    const [bob, carol] = await Promise.all(
      ['bob', 'carol'].map(name =>
        test.database.persons.findByUserRef(`user:default/${name}`),
      ),
    );
    const leave = { ...byAdmin, reason: 'Left' };
    for (const person of [bob, carol]) {
      const { run } = await test.engine.offboarding.suspend(person!.id, leave);
      await test.finished(run.id);
    }
    const removal = await test.engine.offboarding.remove(carol!.id, leave);
    await test.finished(removal.run.id);
    change(gitea, bob!.person, { state: 'active' });
    gitea.accounts.set(carol!.person.subject, {
      service: 'gitea',
      state: 'active',
      username: 'carol',
    });

    const { items } = await compare();
    expect(items.map(brief)).toEqual([
      'bob gitea still-active suspend',
      'carol gitea still-active administrator',
    ]);
  });

  it('lets alone what a service cannot block', async () => {
    const [bob] = await onboarded('bob');
    const met = await test.database.persons.findByUserRef(bob.userRef);
    const { run } = await test.engine.offboarding.suspend(met!.id, {
      ...byAdmin,
      reason: 'Left',
    });
    await test.finished(run.id);
    change(gitea, bob, { state: 'active' });
    gitea.blocksLogins = false;
    expect((await compare()).items).toEqual([]);
  });

  it('leaves out people for whom a run is under way', async () => {
    await onboarded('bob');
    await test.knex('runs').update({ state: 'running' });
    gitea.accounts.clear();
    const { plan, items } = await compare();
    expect(items).toEqual([]);
    expect(plan).toMatchObject({ checkedPersons: 1, busyPersons: 1 });
  });

  describe.each([
    ['is away', noAnswer('unavailable')],
    ['refuses the token', noAnswer('unauthorized')],
    ['answers with garbage', new SyntaxError('Gitea gave no answer')],
  ])('when a service %s', (_what, error) => {
    it('reads nobody as missing, and goes on with the others', async () => {
      await crowd(30);
      gitea.onLook = () => {
        throw error;
      };
      const { plan, items } = await compare();
      expect(items).toEqual([]);
      expect(plan.services).toMatchObject([
        { found: 0, gone: 0, unreadable: 30, message: 'Gitea gave no answer' },
        { found: 30, unreadable: 0 },
      ]);
      // It is not asked thirty times.
      expect(gitea.looks).toBeLessThan(15);
      await test.engine.mender.choose(plan.id, priya);
      expect(await count('runs')).toBe(0);
    });
  });

  it('does not believe a service that has nobody any more, and removes and suspends nobody', async () => {
    await crowd(250);
    gitea.accounts.clear();
    const { plan, items } = await compare();
    expect(items).toEqual([]);
    expect(plan.services[0]).toMatchObject({
      found: 0,
      gone: 250,
      unreadable: 250,
      message: expect.stringContaining('as if nobody had an account'),
    });
    await test.engine.mender.choose(plan.id, priya);
    expect(await count('runs')).toBe(0);
    expect(await count('persons', { state: 'active' })).toBe(250);
    expect(await count('accounts', { state: 'active' })).toBe(500);
  });

  it('compares a thousand people, a hundred at a time and a few calls at once', async () => {
    await crowd(1000);
    for (let n = 1; n <= 1000; n += 10) {
      gitea.accounts.delete(`subject-of-p${n}`);
    }
    let now = 0;
    let most = 0;
    gitea.onLook = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(resolve => setImmediate(resolve));
      now -= 1;
    };
    const pages = jest.spyOn(test.database.persons, 'listAfter');
    const { plan } = await compare();
    expect(plan).toMatchObject({
      checkedPersons: 1000,
      drifts: [{ kind: 'missing', state: 'open', count: 100 }],
    });
    expect(most).toBeLessThanOrEqual(5);
    expect(pages.mock.calls.every(([, limit]) => limit === 100)).toBe(true);
    expect(pages).toHaveBeenCalledTimes(11);
  });

  it('refuses a second plan while one is under way, and ends when it is cancelled', async () => {
    await crowd(300);
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    gitea.onLook = () => held;
    const { id } = await test.engine.reconciler.start(priya);
    await eventually(async () => gitea.looks > 0);
    await expect(test.engine.reconciler.start(priya)).rejects.toThrow(
      'under way already',
    );
    await expect(test.engine.mender.choose(id, priya)).rejects.toThrow(
      'under way',
    );
    expect(await test.engine.reconciler.cancel(id, priya)).toMatchObject({
      state: 'cancelled',
    });
    await expect(test.engine.reconciler.cancel(id, priya)).rejects.toThrow(
      'has ended already',
    );
    release();
    gitea.onLook = undefined;
    const { plan } = await compare();
    expect(plan.checkedPersons).toBe(300);
    expect(await test.database.reconciliations.find(id)).toMatchObject({
      state: 'cancelled',
      checkedPersons: 0,
    });
  });

  it('goes on where it was after a restart in the middle', async () => {
    await crowd(250);
    gitea.accounts.delete('subject-of-p7');
    gitea.onLook = () =>
      gitea.looks > 120 ? new Promise<void>(() => undefined) : undefined;
    const { id } = await test.engine.reconciler.start(priya);
    await eventually(async () => gitea.looks > 120);
    await test.stop();
    gitea.onLook = undefined;
    test = await start();
    expect(await ended(id)).toMatchObject({
      state: 'succeeded',
      checkedPersons: 250,
      services: [
        { found: 249, gone: 1, unreadable: 0 },
        { found: 250, unreadable: 0 },
      ],
      drifts: [{ kind: 'missing', count: 1 }],
    });
  });

  describe('mending', () => {
    const driftOf = (items: Drift[], username: string) =>
      items.find(drift => drift.username === username)!;

    it('touches only what was chosen', async () => {
      const [bob, carol] = await onboarded('bob', 'carol', 'dora');
      gitea.accounts.delete(bob.subject);
      gitea.accounts.delete(carol.subject);
      const { plan, items } = await compare();
      const calls = [gitea.calls, coder.calls];
      await expect(
        test.engine.mender.choose(plan.id, priya, [driftOf(items, 'bob').id]),
      ).resolves.toEqual({ accepted: 1, needAdministrator: 0, doneBefore: 0 });
      const [ofBob, ofCarol] = await settled(plan.id);
      expect(ofBob).toMatchObject({
        state: 'applied',
        runId: expect.any(String),
      });
      expect(ofCarol.state).toBe('open');
      expect(await test.finished(ofBob.runId!)).toMatchObject({
        kind: 'onboard',
        state: 'succeeded',
        requestedBy: priya,
        steps: [{ service: 'gitea', outcome: 'created' }],
      });
      expect([gitea.calls, coder.calls]).toEqual([calls[0] + 1, calls[1]]);
      expect(gitea.accounts.has(carol.subject)).toBe(false);
    });

    it('brings e-mails up to date and takes over names, so that nothing is left', async () => {
      const [bob, carol] = await onboarded('bob', 'carol');
      change(gitea, bob, { email: 'other@acme.example' });
      change(gitea, carol, { username: 'caz' });
      const { plan } = await compare();
      await test.engine.mender.choose(plan.id, priya);
      for (const { runId } of await settled(plan.id)) {
        await test.finished(runId!);
      }
      expect((await compare()).items).toEqual([]);
    });

    it('leaves to administrators what is not proven to be the person’s', async () => {
      const [bob] = await onboarded('bob');
      gitea.unlinked.add(bob.subject);
      const { plan, items } = await compare();
      const calls = gitea.calls;
      await expect(
        test.engine.mender.choose(plan.id, priya, [items[0].id]),
      ).resolves.toEqual({ accepted: 0, needAdministrator: 1, doneBefore: 0 });
      expect((await settled(plan.id))[0].state).toBe('open');
      expect(gitea.calls).toBe(calls);
    });

    it('skips what does not hold any more, and says so', async () => {
      const [bob] = await onboarded('bob');
      const account = gitea.accounts.get(bob.subject)!;
      gitea.accounts.delete(bob.subject);
      const { plan } = await compare();
      gitea.accounts.set(bob.subject, account);
      await test.engine.mender.choose(plan.id, priya);
      expect(await settled(plan.id)).toMatchObject([
        { state: 'skipped', message: expect.stringContaining('any more') },
      ]);
      expect(await count('runs')).toBe(1);
      expect(await count('events', { type: 'drift.skipped' })).toBe(1);
    });

    it('says when a service gives no answer, and can be asked again', async () => {
      const [bob] = await onboarded('bob');
      gitea.accounts.delete(bob.subject);
      const { plan } = await compare();
      gitea.onLook = () => {
        throw new ServiceError('Gitea is away', {
          kind: 'unavailable',
          service: 'Gitea',
        });
      };
      await test.engine.mender.choose(plan.id, priya);
      expect(await settled(plan.id)).toMatchObject([
        { state: 'failed', message: 'Gitea is away' },
      ]);
      gitea.onLook = undefined;
      await test.engine.mender.choose(plan.id, priya);
      const [{ runId }] = await settled(plan.id);
      expect((await test.finished(runId!)).state).toBe('succeeded');
    });

    it('suspends again, and keeps why, since when and until when', async () => {
      const [bob] = await onboarded('bob');
      const met = (await test.database.persons.findByUserRef(bob.userRef))!;
      const suspension = await test.engine.offboarding.suspend(met.id, {
        ...byAdmin,
        reason: 'Left',
        removeAfterMs: 86_400_000,
      });
      await test.finished(suspension.run.id);
      const { lifecycle } = await test.database.persons.get(met.id);
      change(gitea, bob, { state: 'active' });
      const { plan } = await compare();
      const coderCalls = coder.calls;
      await test.engine.mender.choose(plan.id, priya);
      const [{ runId }] = await settled(plan.id);
      expect(await test.finished(runId!)).toMatchObject({
        kind: 'suspend',
        state: 'succeeded',
        steps: [{ service: 'gitea', outcome: 'suspended' }],
      });
      expect(gitea.accounts.get(bob.subject)!.state).toBe('suspended');
      expect(coder.calls).toBe(coderCalls);
      expect((await test.database.persons.get(met.id)).lifecycle).toEqual(
        lifecycle,
      );
    });

    it('refuses drifts of another plan', async () => {
      await onboarded('bob');
      const { plan } = await compare();
      await expect(
        test.engine.mender.choose(plan.id, priya, [plan.id]),
      ).rejects.toThrow('1 of the chosen drifts');
    });
  });
});
