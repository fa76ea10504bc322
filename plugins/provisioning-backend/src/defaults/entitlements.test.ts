import { JsonObject } from '@backstage/types';
import { Person, Run } from '@formulary/plugin-provisioning-common';
import { ServiceError } from '@formulary/service-client-node';
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

jest.setTimeout(60_000);

const HANDBOOK = { name: 'acme/handbook', permission: 'write' };

const RULES: JsonObject[] = [
  { name: 'everybody', services: ['gitea'], gitea: { teams: ['all'] } },
  {
    name: 'developers',
    match: { group: ['/acme/developers'] },
    services: ['coder'],
    gitea: { teams: ['developers'], repositories: [HANDBOOK] },
  },
  {
    name: 'globex',
    match: { organisation: ['globex'] },
    gitea: { teams: ['globex'] },
  },
];

function failure(kind: 'unavailable' | 'not-found') {
  return async () => {
    throw new ServiceError('Gitea could not add bob to the team', {
      kind,
      service: 'Gitea',
    });
  };
}

function stepIn(service: string, { steps }: Run) {
  return steps.find(step => step.service === service);
}

describe('what rules give', () => {
  let postgres: TestPostgres;
  let databaseName: string;
  let gitea: FakeConnector;
  let coder: FakeConnector;
  let portal: TestEngine;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(async () => {
    databaseName = await createTestDatabase(postgres);
    gitea = new FakeConnector('gitea');
    coder = new FakeConnector('coder');
    await start(RULES);
  });
  afterEach(async () => {
    await portal.stop();
  });

  async function start(defaults: JsonObject[]) {
    portal = await startTestEngine({
      postgres,
      databaseName,
      connectors: [gitea, coder],
      config: { defaults },
    });
  }

  async function restart(defaults: JsonObject[]) {
    await portal.stop();
    await start(defaults);
  }

  async function run(person: Person) {
    const { run: begun } = await portal.engine.provisioning.onboard(
      { person, enabled: true },
      { source: 'webhook', requestedBy: 'keycloak' },
    );
    return portal.finished(begun.id);
  }

  const bob = personNamed('bob');
  const developer = personNamed('bob', { groups: ['/acme/developers'] });

  it('gives accounts and memberships by who somebody is', async () => {
    const done = await run(bob);
    expect(done.steps.map(({ service }) => service)).toEqual(['gitea']);
    expect(gitea.entitlements.all()).toEqual(['bob: team all']);

    await run(personNamed('carol', { groups: ['/acme/developers'] }));
    expect([...coder.accounts.keys()]).toEqual(['subject-of-carol']);
    expect(gitea.entitlements.all()).toEqual([
      'bob: team all',
      'carol: repository acme/handbook (write)',
      'carol: team all',
      'carol: team developers',
    ]);
  });

  it('changes nothing when it is repeated, and says so', async () => {
    await run(developer);
    const before = [...gitea.entitlements.changes];
    const again = await run(developer);
    expect(gitea.entitlements.changes).toEqual(before);
    expect(again.steps.map(({ outcome }) => outcome)).toEqual([
      'unchanged',
      'unchanged',
    ]);
  });

  it('gives a mover what they gain and takes back what they lose, and keeps the account', async () => {
    await run(developer);
    const moved = await run(
      personNamed('bob', { organisation: 'globex', groups: ['/globex'] }),
    );
    expect(gitea.entitlements.all()).toEqual([
      'bob: team all',
      'bob: team globex',
    ]);
    expect(gitea.entitlements.changes.slice(3)).toEqual([
      'take bob: repository acme/handbook',
      'take bob: team developers',
      'give bob: team globex',
    ]);
    expect(moved.steps).toMatchObject([
      // Kept up to date, though no rule gives it any more.
      { service: 'coder', outcome: 'unchanged' },
      { service: 'gitea', outcome: 'updated' },
    ]);
    const events = await portal.database.events.listOf(moved.id, {
      after: '0',
      limit: 100,
    });
    expect(
      events
        .filter(({ type }) => type.startsWith('entitlement.'))
        .map(({ message }) => message),
    ).toEqual([
      'Gitea: repository acme/handbook (write) taken back, as the defaults say',
      'Gitea: team developers taken back, as the defaults say',
      'Gitea: team globex given, as the defaults say',
    ]);
  });

  it('takes back only what it gave, also when a rule would have given the rest', async () => {
    gitea.entitlements.held.set('bob: team developers', undefined);
    gitea.entitlements.held.set('bob: team friends', undefined);
    await run(developer);
    await run(bob);
    expect(gitea.entitlements.all()).toEqual([
      'bob: team all',
      'bob: team developers',
      'bob: team friends',
    ]);
  });

  it('takes everything back when the rules are gone', async () => {
    await run(developer);
    await restart([]);
    await run(developer);
    expect(gitea.entitlements.all()).toEqual([]);
  });

  it('raises a level that was there by hand, and puts it back', async () => {
    gitea.entitlements.held.set('bob: repository acme/handbook', 'read');
    await run(developer);
    expect(gitea.entitlements.all()).toContain(
      'bob: repository acme/handbook (write)',
    );
    await run(bob);
    expect(gitea.entitlements.all()).toContain(
      'bob: repository acme/handbook (read)',
    );
  });

  it('lowers its own level with the rule, but not one that was raised by hand', async () => {
    const lower = [
      {
        name: 'all',
        gitea: { repositories: [{ ...HANDBOOK, permission: 'read' }] },
      },
    ];
    await run(developer);
    await run({
      ...developer,
      ...personNamed('carol'),
      groups: developer.groups,
    });
    gitea.entitlements.held.set('carol: repository acme/handbook', 'admin');
    await restart(lower);
    await run(developer);
    await run(personNamed('carol'));
    expect(gitea.entitlements.all()).toEqual([
      'bob: repository acme/handbook (read)',
      'carol: repository acme/handbook (admin)',
    ]);
  });

  it('gives a workspace once, and leaves it to the person', async () => {
    const once = [{ name: 'all', coder: { workspaces: ['dev'] } }];
    await restart(once);
    await run(bob);
    expect(coder.entitlements.all()).toEqual(['bob: workspace dev']);
    coder.entitlements.held.clear();
    await run(bob);
    expect(coder.entitlements.all()).toEqual([]);

    await run(personNamed('carol'));
    await restart([]);
    await run(personNamed('carol'));
    expect(coder.entitlements.all()).toEqual(['carol: workspace dev']);
  });

  it('tries a membership again as the step, without making the account twice', async () => {
    gitea.entitlements.willDo(failure('unavailable'));
    const done = await run(developer);
    expect(stepIn('gitea', done)).toMatchObject({
      service: 'gitea',
      state: 'succeeded',
      attempts: 2,
    });
    expect(gitea.accounts.size).toBe(1);
    expect(gitea.entitlements.all()).toEqual([
      'bob: repository acme/handbook (write)',
      'bob: team all',
      'bob: team developers',
    ]);
    // What failed in the middle is known for ours.
    await run(personNamed('bob', { organisation: 'globex', groups: [] }));
    expect(gitea.entitlements.all()).toEqual([
      'bob: team all',
      'bob: team globex',
    ]);
  });

  it('gives the rest when one is refused, fails the step and keeps the account usable', async () => {
    gitea.entitlements.willDo(failure('not-found'));
    const done = await run(developer);
    expect(done.state).toBe('failed');
    expect(stepIn('gitea', done)).toMatchObject({
      state: 'failed',
      attempts: 1,
      message: 'Gitea could not add bob to the team',
    });
    const met = await portal.database.persons.findByUserRef(bob.userRef);
    expect(await portal.database.accounts.find(met!.id, 'gitea')).toMatchObject(
      {
        state: 'active',
        message: 'Gitea could not add bob to the team',
      },
    );
    expect(gitea.entitlements.all()).toEqual([
      'bob: repository acme/handbook (write)',
      'bob: team developers',
    ]);
    await portal.engine.provisioning.retry(done.id, 'user:default/priya', {
      person: developer,
      enabled: true,
    });
    expect(await portal.finished(done.id)).toMatchObject({
      state: 'succeeded',
    });
    expect(gitea.entitlements.all()).toContain('bob: team all');
  });

  it('makes no account where no rule gives one, and says that there was nothing to do', async () => {
    await restart([
      {
        name: 'globex',
        match: { organisation: ['globex'] },
        services: ['gitea'],
      },
    ]);
    const done = await run(bob);
    expect(done).toMatchObject({ state: 'succeeded', steps: [] });
    expect(gitea.accounts.size).toBe(0);
  });

  it('makes an account that is asked for by name, whatever the rules give', async () => {
    const { run: begun } = await portal.engine.provisioning.onboard(
      { person: bob, enabled: true },
      {
        source: 'admin',
        requestedBy: 'user:default/priya',
        services: ['coder'],
      },
    );
    await portal.finished(begun.id);
    expect(coder.accounts.size).toBe(1);
  });
});
