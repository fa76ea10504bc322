import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startSandbox } from '../bench/benchSandbox.mjs';
import { bareServices } from '../bench/bareServices.mjs';
import { sandbox as folder } from '../launch/paths.mjs';
import { Problem } from '../launch/problem.mjs';
import { note, step } from '../launch/progress.mjs';
import { countAccounts, judgeAccounts } from './accounts.mjs';
import { EngineDatabase } from './database.mjs';
import { readOptions } from './options.mjs';
import { Persons } from './Persons.mjs';
import { seeded, shuffled } from './random.mjs';
import { Replica } from './Replica.mjs';
import { report } from './report.mjs';
import { lastlyLeft, settle } from './settle.mjs';
import { Weather } from './weather.mjs';

const PORT_BASE = 19000;
const FIRST_REPLICA_PORT = 19050;

/** What the engine is given besides the sandbox's settings: more patience than faults, and no more of it than a test has. */
const SETTINGS = {
  permission: { enabled: false },
  provisioning: {
    retry: {
      attempts: 40,
      minDelay: '200ms',
      maxDelay: '2s',
      attemptTimeout: '3s',
    },
  },
};

/**
 * Makes people, kills backends, restarts PostgreSQL, has the services fail, and
 * then asks the services themselves who has an account.
 */
export async function run() {
  const options = readOptions(process.argv.slice(2));
  const random = seeded(options.seed);
  note(
    `Chaos: ${options.persons} persons × 4 services, ${options.kills} kills, ${options.restarts} restarts of PostgreSQL, ${options.replicas} backend process(es), seed ${options.seed}`,
  );
  await step('Starting the sandbox', () =>
    startSandbox(PORT_BASE, FIRST_REPLICA_PORT),
  );
  const credentials = JSON.parse(
    readFileSync(join(folder, 'credentials.json'), 'utf8'),
  );
  const config = join(folder, 'chaos.json');
  writeFileSync(config, JSON.stringify(SETTINGS));
  const replicas = Array.from(
    { length: options.replicas },
    (_, index) =>
      new Replica(`backend-${index + 1}`, FIRST_REPLICA_PORT + index, config),
  );
  await step('Starting the backend', async () => {
    // One after the other: the first makes the tables.
    for (const replica of replicas) await replica.start();
  });

  const { services } = credentials;
  const apis = bareServices(services);
  const persons = await Persons.create(
    apis.keycloak,
    services.keycloak.webhookSecret,
  );
  const before = await countAccounts(apis, services);
  const weather = new Weather(credentials.control);
  const database = new EngineDatabase(credentials.postgres);
  try {
    await step('Storm', () =>
      storm({ options, random, replicas, persons, weather }),
    );
    const alive = replicas.filter(({ running }) => running);
    const helped = await step('Waiting until everything is done', () =>
      settle({ replica: alive[0], persons, database }),
    );
    return report({
      options,
      helped,
      persons: persons.all,
      verdicts: await judgeAccounts(apis, services, persons.all, before),
      runs: await database.runs(),
      unfinished: await lastlyLeft(database),
      deliveries: await database.states('webhook_deliveries'),
    });
  } finally {
    await database.close();
  }
}

/**
 * People arrive in portions while the services fail; in the midst of each
 * portion something is killed or restarted. Of several replicas, the
 * last kill is for good: the others finish its work.
 */
async function storm({ options, random, replicas, persons, weather }) {
  await weather.storm();
  const blows = shuffled(
    [
      ...Array.from({ length: options.kills }, () => 'kill'),
      ...Array.from({ length: options.restarts }, () => 'restart'),
    ],
    random,
  );
  const lastKill = blows.lastIndexOf('kill');
  // Half of a portion comes before the blow, half in the midst of it.
  const half = Math.ceil(options.persons / blows.length / 2);
  const arrive = () =>
    persons.add(Math.min(half, options.persons - persons.all.length));
  for (const [index, blow] of blows.entries()) {
    await arrive();
    await delay(random() * 1_500);
    if (blow === 'restart') {
      await Promise.all([weather.restartPostgres(), arrive()]);
      continue;
    }
    const alive = replicas.filter(({ running }) => running);
    const victim = alive[Math.floor(random() * alive.length)];
    await victim.kill();
    await arrive();
    if (replicas.length > 1 && index === lastKill) continue;
    await delay(random() * 500);
    await victim.start();
  }
  await weather.clear();
  if (persons.all.length !== options.persons) {
    throw new Problem('Not everybody was made: the portions are wrong.');
  }
}
