import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Persons } from '../../chaos/Persons.mjs';
import { Replica } from '../../chaos/Replica.mjs';
import { sandbox as folder } from '../../launch/paths.mjs';
import { checkPorts } from '../../launch/ports.mjs';
import { Problem } from '../../launch/problem.mjs';
import { step } from '../../launch/progress.mjs';
import { bareServices } from '../bareServices.mjs';
import { startSandbox } from '../benchSandbox.mjs';
import { circumstances } from '../report.mjs';
import { measureBulk } from './bulk.mjs';
import { Engine } from './Engine.mjs';
import { readOptions } from './options.mjs';
import { measureSignUps } from './signUps.mjs';
import { benchSettings, measureTasks } from './tasks.mjs';
import { verdictTable } from './verdict.mjs';
import { arrivals, measureWebhooks } from './webhooks.mjs';

const PORT_BASE = 31300;
const PORTAL_PORT = 31350;

const WARM_UP = 100;
const MADE_AT_ONCE = 200;

/** Makes everybody before the backend is there, so that it hears of them when it is to. */
async function makePersons(apis, secret, count) {
  const persons = await Persons.create(apis.keycloak, secret);
  while (persons.all.length < count) {
    await persons.add(Math.min(MADE_AT_ONCE, count - persons.all.length));
  }
  return persons.all;
}

/** Measures what the provisioning engine costs. @returns the exit code */
export async function run() {
  const options = readOptions(process.argv.slice(2));
  await checkPorts({
    'the sandbox under test': PORT_BASE + 1,
    'the backend under test': PORTAL_PORT,
  });
  await step('Starting the sandbox', () =>
    startSandbox(PORT_BASE, PORTAL_PORT),
  );
  const credentials = JSON.parse(
    readFileSync(join(folder, 'credentials.json'), 'utf8'),
  );
  const { services } = credentials;
  const apis = bareServices(services);
  const counts = [
    WARM_UP,
    options.signups,
    arrivals(options.seconds),
    options.persons,
    options.tasks,
  ];
  const everybody = await step('Making people in Keycloak', () =>
    makePersons(
      apis,
      services.keycloak.webhookSecret,
      counts.reduce((sum, count) => sum + count),
    ),
  );
  const [warmUp, signUps, visitors, many, others] = portionsOf(
    everybody,
    counts,
  );

  const config = join(folder, 'bench.json');
  const settings = benchSettings();
  writeFileSync(config, JSON.stringify(settings.config));
  const replica = new Replica(
    'backend',
    PORTAL_PORT,
    config,
    'tools/bench/provisioning/backend.mjs',
  );
  await step('Starting the backend', () => replica.start());
  const engine = new Engine(replica, credentials);
  const bench = { engine, apis, credentials };
  const verdicts = [];
  try {
    await step('Warming up', async () => {
      await Promise.all(warmUp.map(person => engine.tell(person)));
      await engine.settled();
    });
    verdicts.push(
      ...(await step(`${signUps.length} sign-ups, one after the other`, () =>
        measureSignUps({ ...bench, persons: signUps }),
      )),
    );
    verdicts.push(
      ...(await step('Sign-ups at a fixed rate', () =>
        measureWebhooks({ engine, persons: visitors }),
      )),
    );
    await step('Waiting until their accounts are ready', () =>
      engine.settled(),
    );
    const bulk = await step(`Accounts for ${many.length} persons`, () =>
      measureBulk({ ...bench, persons: many }),
    );
    verdicts.push(...bulk.verdicts);
    await replica.kill();
    const scaffolder = new Replica(
      'scaffolder',
      PORTAL_PORT,
      config,
      'tools/bench/provisioning/taskBackend.mjs',
    );
    await step('Starting a backend with the scaffolder', () =>
      scaffolder.start(),
    );
    verdicts.push(
      ...(await step(`${others.length} persons by a task each`, () =>
        measureTasks({
          url: scaffolder.url,
          token: settings.token,
          persons: others,
          perSecond: bulk.perSecond,
        }),
      )),
    );
    assertAllSucceeded(await engine.runs(), everybody.length);
  } finally {
    await engine.close();
  }
  process.stdout.write(`
${circumstances([
  '"bare loop": the same calls of the same sandbox by hand, keep-alive, 5 at once for each service and for the identity provider',
])}

${verdictTable(verdicts)}
`);
  return verdicts.every(({ held }) => held) ? 0 : 1;
}

function assertAllSucceeded({ succeeded, others }, count) {
  if (succeeded === count && others === 0) return;
  throw new Problem(
    `Of ${count} runs, ${succeeded} succeeded and ${others} did not: what was measured is worth nothing.`,
  );
}

function portionsOf(everybody, counts) {
  let from = 0;
  return counts.map(count => everybody.slice(from, (from += count)));
}
