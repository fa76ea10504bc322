import { Drift, Person } from '@formulary/plugin-provisioning-common';
import { ListedAccount } from '@formulary/plugin-provisioning-node';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { eventually } from '../__testUtils__/eventually';
import { FakeConnector } from '../__testUtils__/FakeConnector';
import { personNamed } from '../__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
  TestEngine,
  testPersons,
} from '../__testUtils__/startTestEngine';

jest.setTimeout(120_000);

const priya = 'user:default/priya';
const byAdmin = { source: 'admin' as const, requestedBy: priya };

const erin: ListedAccount = {
  externalId: 'id-of-erin',
  username: 'erin',
  email: 'erin@elsewhere.example',
  state: 'active',
};

describe('the lists of the services', () => {
  let postgres: TestPostgres;
  let gitea: FakeConnector;
  let coder: FakeConnector;
  let databaseName: string;
  let test: TestEngine;

  /** Frieda is in the catalog, and was never prepared. */
  const start = () =>
    startTestEngine({
      postgres,
      databaseName,
      connectors: [gitea, coder],
      persons: database =>
        testPersons(database, undefined, [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: {
              name: 'frieda',
              annotations: { 'keycloak.org/id': 'subject-of-frieda' },
            },
            spec: { profile: { email: 'frieda@acme.example' } },
          },
        ]),
    });

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

  async function onboarded(username: string): Promise<Person> {
    const person = personNamed(username);
    const { run } = await test.engine.provisioning.onboard(
      { person, enabled: true },
      byAdmin,
    );
    await test.finished(run.id);
    return person;
  }

  async function ended(id: string) {
    return eventually(async () => {
      const found = await test.database.reconciliations.find(id);
      return found && found.state !== 'running' && found;
    });
  }

  async function drifts(id: string): Promise<Drift[]> {
    const page = { limit: 100, offset: 0 };
    return (await test.database.drifts.list(id, page)).items;
  }

  async function compare() {
    const { id } = await test.engine.reconciler.start(priya);
    return { plan: await ended(id), items: await drifts(id) };
  }

  async function mended(id: string, driftIds?: string[]) {
    const answer = await test.engine.mender.choose(id, priya, driftIds);
    const items = await eventually(async () => {
      const found = await drifts(id);
      return !found.some(({ state }) => state === 'chosen') && found;
    });
    return { answer, items };
  }

  it('are read to their end, and lead to nothing where every account is somebody’s', async () => {
    await onboarded('bob');
    await onboarded('carol');
    const { plan, items } = await compare();
    expect(items).toEqual([]);
    expect(plan.services).toMatchObject([
      { service: 'gitea', listed: 2 },
      { service: 'coder', listed: 2 },
    ]);
  });

  it('show accounts that are nobody’s, and leave those alone that nobody can use', async () => {
    await onboarded('bob');
    gitea.strangers.push(
      erin,
      { ...erin, externalId: '2', username: 'frank', subject: 'gone' },
      { ...erin, externalId: '3', username: 'left', state: 'suspended' },
      { ...erin, externalId: '4', username: 'root', isAdministrator: true },
    );
    const { items } = await compare();
    expect(
      items.map(({ username, kind, mend }) => [username, kind, mend]),
    ).toEqual([
      ['erin', 'orphaned', 'block'],
      ['frank', 'orphaned', 'block'],
      ['root', 'orphaned', 'administrator'],
    ]);
    expect(items[0]).toMatchObject({
      service: 'gitea',
      account: { externalId: 'id-of-erin', username: 'erin' },
      found:
        'The account erin (id-of-erin, erin@elsewhere.example) may be used, and is of nobody whom the portal knows',
    });
    expect(items[0].personState).toBeUndefined();
    expect(items[1].found).toContain('linked to an identity of nobody');
  });

  it('show accounts of colleagues who were never prepared, and offer not to block them', async () => {
    gitea.strangers.push({ ...erin, email: 'Frieda@acme.example' });
    const { items } = await compare();
    expect(items).toMatchObject([
      {
        kind: 'orphaned',
        mend: 'administrator',
        found: expect.stringContaining('user:default/frieda'),
        wanted: expect.stringContaining('prepare the accounts'),
      },
    ]);
  });

  it('show what belongs to somebody whose name a successor has', async () => {
    await onboarded('bob');
    await test.knex('persons').update({ user_ref: null });
    const { items } = await compare();
    expect(items.map(({ service, kind }) => [service, kind])).toEqual([
      ['coder', 'orphaned'],
      ['gitea', 'orphaned'],
    ]);
    expect(items[0].found).toContain('bob, who is gone');
  });

  it('show second accounts, by the link and by the e-mail, once each', async () => {
    const bob = await onboarded('bob');
    gitea.strangers.push(
      { ...erin, externalId: '2', username: 'bobby', subject: bob.subject },
      { ...erin, externalId: '3', username: 'bob2', email: 'BOB@acme.example' },
    );
    const { items } = await compare();
    expect(items.map(({ account }) => account?.username).sort()).toEqual([
      'bob2',
      'bobby',
    ]);
    for (const item of items) {
      expect(item).toMatchObject({
        username: 'bob',
        kind: 'duplicate',
        mend: 'block',
        wanted: expect.stringContaining('Only bob, which'),
      });
    }
  });

  it('show several accounts of somebody who has none on record, on whatever pages they are', async () => {
    const { id } = await test.database.persons.save(personNamed('bob'));
    const carol = personNamed('carol');
    await test.database.persons.save(carol);
    const ofBob = (externalId: string, email: string) =>
      gitea.strangers.push({
        ...erin,
        externalId,
        username: externalId,
        email,
      });
    ofBob('bob', 'Bob@acme.example');
    // One alone is the one that a preparation takes over.
    gitea.strangers.push({ ...erin, externalId: 'c', email: carol.email });
    for (let n = 1; n <= 120; n += 1) {
      gitea.strangers.push({ ...erin, externalId: `${n}`, username: `e${n}` });
    }
    ofBob('bob2', 'bob@ACME.example');
    ofBob('alias', 'bob+2@acme.example');
    gitea.strangers.push({
      ...erin,
      externalId: 'bob3',
      username: 'bob3',
      subject: personNamed('bob').subject,
    });
    const { items } = await compare();
    const duplicates = items.filter(({ kind }) => kind === 'duplicate');
    expect(duplicates.map(({ account }) => account?.externalId).sort()).toEqual(
      ['bob', 'bob2', 'bob3'],
    );
    for (const duplicate of duplicates) {
      expect(duplicate).toMatchObject({
        service: 'gitea',
        username: 'bob',
        mend: 'administrator',
        found: expect.stringContaining('one of several of bob, none of which'),
      });
    }
    expect(items.find(({ kind }) => kind === 'orphaned')).toBeDefined();
    expect(gitea.pages).toBeGreaterThan(2);
    // What was kept of the pages is gone with the list.
    expect(await test.knex('listed_matches')).toEqual([]);

    await test.knex('persons').where({ id }).update({ state: 'removed' });
    const later = await compare();
    expect(later.items.filter(({ kind }) => kind === 'duplicate')).toEqual([]);
  });

  it('find several accounts also when a page between was read by another process', async () => {
    await test.database.persons.save(personNamed('bob'));
    const email = 'bob@acme.example';
    gitea.strangers.push({ ...erin, externalId: 'first', email });
    for (let n = 1; n <= 120; n += 1) {
      gitea.strangers.push({ ...erin, externalId: `${n}`, username: `e${n}` });
    }
    gitea.strangers.push({ ...erin, externalId: 'last', email });
    gitea.onPage = () =>
      gitea.pages > 1 ? new Promise<void>(() => undefined) : undefined;
    const { id } = await test.engine.reconciler.start(priya);
    await eventually(async () => gitea.pages > 1);
    await test.stop();
    gitea.onPage = undefined;
    test = await start();
    await ended(id);
    const found = (
      await test.database.drifts.list(id, {
        kind: 'duplicate',
        limit: 10,
        offset: 0,
      })
    ).items;
    expect(found.map(({ account }) => account?.externalId).sort()).toEqual([
      'first',
      'last',
    ]);
  });

  it('show an account on record that is linked to another identity, rather than a missing one', async () => {
    const bob = await onboarded('bob');
    const carol = await onboarded('carol');
    const account = gitea.accounts.get(bob.subject)!;
    gitea.accounts.delete(bob.subject);
    gitea.strangers.push({
      externalId: account.externalId!,
      username: 'bob',
      state: 'active',
      subject: carol.subject,
    });
    const { items } = await compare();
    expect(items).toMatchObject([
      { username: 'bob', kind: 'wrong-link', mend: 'administrator' },
    ]);
    expect(items[0].found).toContain(
      'linked to another identity, that of carol',
    );
  });

  it('say nothing of a second account where the one on record is not in place', async () => {
    const bob = await onboarded('bob');
    gitea.accounts.delete(bob.subject);
    gitea.strangers.push({ ...erin, email: bob.email });
    const { items } = await compare();
    expect(items.map(({ kind }) => kind)).toEqual(['missing']);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('502 from a proxy'))],
    ['says nobody is there', () => void gitea.strangers.splice(0)],
  ])(
    'lead to no finding and no removal when a page %s',
    async (_what, onPage) => {
      await onboarded('bob');
      gitea.strangers.push(erin);
      gitea.onPage = onPage;
      const { plan, items } = await compare();
      expect(items).toEqual([]);
      expect(plan.state).toBe('succeeded');
      expect(gitea.removals).toEqual([]);
      expect(gitea.blocked).toEqual([]);
      expect(plan.services[1]).toMatchObject({ service: 'coder', listed: 1 });
      const people = await test.knex('persons').where({ state: 'active' });
      expect(people).toHaveLength(1);
    },
  );

  it('say so when they could not be read to their end', async () => {
    gitea.onPage = () => Promise.reject(new Error('502 from a proxy'));
    const { plan } = await compare();
    expect(plan.services[0]).toMatchObject({
      listed: 0,
      message: expect.stringContaining('502 from a proxy'),
    });
    expect(plan.services[1].message).toBeUndefined();
  });

  it('leave out a service in which strangers are normal, but for second accounts', async () => {
    const bob = await onboarded('bob');
    Object.assign(gitea.listing!, { holdsStrangers: true });
    gitea.strangers.push(erin, {
      ...erin,
      externalId: '2',
      email: bob.email,
    });
    const { items } = await compare();
    expect(items.map(({ kind }) => kind)).toEqual(['duplicate']);
  });

  it('go on at the same page after a restart, and list nobody twice', async () => {
    for (let n = 1; n <= 120; n += 1) {
      gitea.strangers.push({ ...erin, externalId: `${n}`, username: `e${n}` });
    }
    gitea.onPage = () =>
      gitea.pages > 1 ? new Promise<void>(() => undefined) : undefined;
    const { id } = await test.engine.reconciler.start(priya);
    await eventually(async () => gitea.pages > 1);
    await test.stop();
    gitea.onPage = undefined;
    test = await start();
    expect(await ended(id)).toMatchObject({
      services: [{ service: 'gitea', listed: 120 }, { service: 'coder' }],
      drifts: [{ kind: 'orphaned', count: 120 }],
    });
  });

  describe('mending', () => {
    it('blocks an account that is nobody’s only when it is chosen by itself', async () => {
      gitea.strangers.push({ ...erin });
      const { plan, items } = await compare();
      expect((await mended(plan.id)).answer).toEqual({
        accepted: 0,
        needAdministrator: 1,
        doneBefore: 0,
      });
      expect(gitea.blocked).toEqual([]);
      const chosen = await mended(plan.id, [items[0].id]);
      expect(chosen.answer.accepted).toBe(1);
      expect(chosen.items).toMatchObject([
        { state: 'applied', message: expect.stringContaining('is blocked') },
      ]);
      expect(gitea.blocked).toEqual(['id-of-erin']);
      const [event] = await test
        .knex('events')
        .where({ type: 'drift.applied' });
      expect(event).toMatchObject({ actor: priya, service: 'gitea' });
      expect((await compare()).items).toEqual([]);
    });

    it('lets an account alone that is somebody’s by now', async () => {
      gitea.strangers.push({ ...erin, email: 'bob@acme.example' });
      const { plan, items } = await compare();
      const bob = await onboarded('bob');
      await test
        .knex('accounts')
        .where({ service: 'gitea' })
        .update({ external_id: 'id-of-erin' });
      gitea.accounts.delete(bob.subject);
      const { items: after } = await mended(plan.id, [items[0].id]);
      expect(after).toMatchObject([
        { state: 'skipped', message: expect.stringContaining('any more') },
      ]);
      expect(gitea.blocked).toEqual([]);
    });
  });
});
