import { mockServices } from '@backstage/backend-test-utils';
import { CoderClient } from '@formulary/plugin-coder-node';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { LogtoClient } from '@formulary/plugin-logto-node';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import { TwentyClient } from '@formulary/plugin-twenty-node';
import { eventually } from './__testUtils__/eventually';
import { personNamed } from './__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
  TestEngine,
  testPersons,
} from './__testUtils__/startTestEngine';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import {
  UnwellAnswer,
  UnwellCall,
  UnwellServer,
} from './__testUtils__/UnwellServer';
import { CoderConnector } from './connectors/coder/CoderConnector';
import { GiteaConnector } from './connectors/gitea/GiteaConnector';
import { MattermostConnector } from './connectors/mattermost/MattermostConnector';
import { TwentyConnector } from './connectors/twenty/TwentyConnector';
import { KeycloakAdmin } from './identity/KeycloakAdmin';
import { KeycloakDirectory } from './identity/KeycloakDirectory';
import { LogtoDirectory } from './identity/LogtoDirectory';
import { PersonDirectory } from './identity/PersonDirectory';
import { PersonResolver } from './identity/PersonResolver';
import { PersonEvents } from './webhooks/PersonEvents';

jest.setTimeout(120_000);

const ISSUER = 'http://idp.example/realms/test';
const SERVICES = ['coder', 'gitea', 'mattermost', 'twenty'];
/** Three or more, so that a service where all are gone is not believed. */
const ACTIVE = ['alice', 'bob', 'carol', 'dana'];
/** Was suspended, and is to be removed by now unless they are back. */
const DUE = 'erin';
/** Short, so that a server which never answers is given up on soon. */
const HTTP = { timeoutMs: 250, retries: 0 };

const always = (answer: UnwellAnswer) => () => answer;

/** What the services say, in their own words, of people whom they do not have. */
function nobody({ service, path, body }: UnwellCall): UnwellAnswer {
  const json = (value: unknown, status = 200) => ({
    status,
    body: JSON.stringify(value),
  });
  if (service === 'gitea') {
    if (path.endsWith('/users/search')) return json({ ok: true, data: [] });
    return path.endsWith('/admin/users')
      ? json([])
      : json({ message: 'user redirect does not exist' }, 404);
  }
  if (service === 'coder') {
    if (path.endsWith('/workspaces')) return json({ workspaces: [], count: 0 });
    return path.endsWith('/users')
      ? json({ users: [], count: 0 })
      : json({ message: 'Resource not found' }, 404);
  }
  if (service === 'mattermost') {
    return path.endsWith('/users')
      ? json([])
      : json({ id: 'app.user.missing_account.const', status_code: 404 }, 404);
  }
  if (service === 'twenty') {
    return json(
      body.includes('NeededFields')
        ? { data: twentySchema() }
        : { data: { people: { edges: [] }, companies: { edges: [] } } },
    );
  }
  // The identity provider's own words for that are another test.
  return json([]);
}

function twentySchema() {
  const type = (...names: string[]) => ({
    fields: names.map(name => ({ name })),
  });
  const common = ['id', 'name', 'companyId'];
  return {
    Person: type(...common, 'emails', 'jobTitle', 'deletedAt'),
    Company: type(...common, 'domainName'),
    Opportunity: type(
      ...common,
      ...['stage', 'amount', 'closeDate', 'pointOfContactId'],
    ),
  };
}

const PAGE = '<!doctype html><title>Sign in</title>';

const ANSWERS: Array<[string, (call: UnwellCall) => UnwellAnswer]> = [
  ['500 with an error', always({ status: 500, body: '{"message":"oops"}' })],
  ['502 with a page', always({ status: 502, body: PAGE })],
  ['503 without a body', always({ status: 503, body: '' })],
  ['200 with []', always({ status: 200, body: '[]' })],
  ['200 with {}', always({ status: 200, body: '{}' })],
  ['200 with null', always({ status: 200, body: 'null' })],
  ['200 without a body', always({ status: 200, body: '' })],
  ['200 with a page', always({ status: 200, body: PAGE })],
  ['200 with half an answer', always({ status: 200, body: '[{"id":"1",' })],
  ['302', always({ status: 302, body: '' })],
  ['401', always({ status: 401, body: '{"message":"expired"}' })],
  ['403', always({ status: 403, body: '{"message":"not allowed"}' })],
  ['404 with a page', always({ status: 404, body: PAGE })],
  ['404 with an error', always({ status: 404, body: '{"error":"no route"}' })],
  ['410', always({ status: 410, body: '{"message":"gone"}' })],
  ['429', always({ status: 429, body: '{"message":"slow down"}' })],
  ['a broken connection', always('cut')],
  ['nothing at all', always(undefined)],
  ['that it has nobody', nobody],
];

describe.each(['Keycloak', 'Logto'])('with %s', provider => {
  let postgres: TestPostgres;
  let server: UnwellServer;
  let test: TestEngine;
  let events: PersonEvents;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await postgres.stop();
  });
  beforeEach(async () => {
    server = await UnwellServer.start();
    let persons: PersonResolver | undefined;
    test = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: connectors(),
      config: { retry: { attempts: 1 } },
      persons: database => {
        persons = testPersons(database, directory());
        return persons;
      },
    });
    events = new PersonEvents({
      database: test.database,
      provisioning: test.engine.provisioning,
      offboarding: test.engine.offboarding,
      persons: persons!,
      removeAfterMs: 3_600_000,
    });
    await meet();
  });
  afterEach(async () => {
    await test.stop();
    await server.stop();
  });

  function connectors(): ServiceConnector[] {
    const logger = mockServices.logger.mock();
    const [coder, gitea, mattermost, twenty] = SERVICES.map(service => ({
      baseUrl: server.urlOf(service),
      token: 'token',
    }));
    return [
      new CoderConnector(new CoderClient({ ...coder, ...HTTP })),
      new GiteaConnector(
        new GiteaClient({ ...gitea, username: 'bot', oauthSourceId: 1 }, HTTP),
      ),
      new MattermostConnector(
        new MattermostClient(
          { ...mattermost, sso: { mode: 'openid', idAttribute: '' } },
          HTTP,
        ),
        logger,
      ),
      new TwentyConnector(
        new TwentyClient({ ...twenty, frontUrl: twenty.baseUrl }, HTTP),
        logger,
      ),
    ];
  }

  function directory(): PersonDirectory {
    return provider === 'Keycloak'
      ? new KeycloakDirectory(
          new KeycloakAdmin(
            {
              baseUrl: server.urlOf('keycloak'),
              realm: 'test',
              clientId: 'formulary',
              clientSecret: 'secret',
            },
            HTTP,
          ),
          ISSUER,
        )
      : new LogtoDirectory(
          new LogtoClient(
            {
              endpoint: server.urlOf('logto'),
              appId: 'formulary',
              appSecret: 'secret',
            },
            HTTP,
          ),
          ISSUER,
        );
  }

  /** Four people with an account everywhere, and one whose accounts are due to go. */
  async function meet() {
    const { database } = test;
    for (const name of [...ACTIVE, DUE]) {
      const { id } = await database.persons.save(
        personNamed(name, { issuer: ISSUER }),
      );
      for (const service of SERVICES) {
        await database.accounts.observe(id, {
          service,
          state: name === DUE ? 'suspended' : 'active',
          externalId: `${service}-${name}`,
          username: name,
        });
      }
      if (name === DUE) {
        await database.persons.change(id, {
          state: 'suspended',
          reason: 'Disabled at the identity provider',
          removeAfterMs: 0,
        });
      }
    }
  }

  /** What an event of a deletion leads to for everybody, each as the webhook would have it. */
  async function tellOfLeavers() {
    for (const name of [...ACTIVE, DUE]) {
      await events
        .handle(
          {
            type: 'deleted',
            purpose: 'leaves',
            subjects: [personNamed(name).subject],
          },
          'test',
        )
        .catch(error => {
          if (!(error instanceof Error)) throw error;
        });
    }
  }

  /** Compares everybody with every service, and has all mended that can be. */
  async function reconcile() {
    const { engine, database } = test;
    const { id } = await engine.reconciler.start('user:default/priya');
    await eventually(
      async () =>
        (await database.reconciliations.find(id))?.state === 'succeeded',
    );
    await engine.mender.choose(id, 'user:default/priya');
    await eventually(
      async () => (await database.drifts.listChosen(id, 1)).length === 0,
    );
    return (await database.reconciliations.find(id))!;
  }

  async function counts() {
    const runs = await test.knex('runs').whereNot({ kind: 'onboard' });
    const persons = await test.knex('persons').select('username', 'state');
    const accounts = await test.knex('accounts').select('state');
    return {
      runs: runs.map(({ kind }) => kind),
      harm: server.harm,
      left: persons.filter(({ state }) => state !== 'active').length,
      removed: persons.filter(({ state }) => state === 'removed').length,
      accountsSuspended: accounts.filter(({ state }) => state === 'suspended')
        .length,
      accountsRemoved: accounts.filter(({ state }) => state === 'removed')
        .length,
    };
  }

  const NOTHING_HAPPENED = {
    runs: [],
    harm: [],
    // Erin alone, who was suspended before.
    left: 1,
    removed: 0,
    accountsSuspended: SERVICES.length,
    accountsRemoved: 0,
  };

  it.each(ANSWERS)(
    'nobody is suspended or removed when everybody answers %s',
    async (_what, answer) => {
      server.answer = answer;
      expect(await counts()).toEqual(NOTHING_HAPPENED);
      await tellOfLeavers();
      await test.engine.retention.run();
      const { services } = await reconcile();
      await eventually(
        async () =>
          (await test.knex('runs').where({ state: 'running' })).length === 0,
      );
      expect(await counts()).toEqual(NOTHING_HAPPENED);
      // Each was asked, and the silence of each is told.
      const asked = new Set(server.calls.map(({ service }) => service));
      expect([...asked].sort()).toEqual(
        [...SERVICES, provider.toLowerCase()].sort(),
      );
      expect(services.map(({ found }) => found)).toEqual([0, 0, 0, 0]);
      for (const { unreadable } of services) {
        expect(unreadable).toBeGreaterThanOrEqual(ACTIVE.length);
      }
    },
  );

  it('somebody is suspended whom the identity provider does not know in its own words', async () => {
    server.answer = ({ service }) => {
      if (service === 'keycloak') {
        return { status: 404, body: '{"error":"User not found"}' };
      }
      return service === 'logto'
        ? {
            status: 404,
            body: '{"code":"entity.not_found","message":"The resource does not exist."}',
          }
        : { status: 503, body: '' };
    };
    await tellOfLeavers();
    await test.engine.retention.run();
    const { runs, left } = await counts();
    expect(left).toBe(ACTIVE.length + 1);
    expect(runs.sort()).toEqual(['remove', ...ACTIVE.map(() => 'suspend')]);
  });
});
