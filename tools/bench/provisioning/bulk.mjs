import { note } from '../../launch/progress.mjs';
import { bareCalls, bareLookUp, twin } from './bareCalls.mjs';
import { inParallel } from './inParallel.mjs';
import { verdict } from './verdict.mjs';

/** Steps of a service that the engine works on at once, and deliveries: its defaults. */
const CONCURRENCY = 5;

const PORTIONS = 10;
const SENDERS = 10;

const THROUGHPUT = 0.7;
const MEMORY_MB = 150;
const GROWTH = 1.2;

/**
 * Many people get their accounts, a portion by hand and the next by the engine
 * in turn, so that both meet services that are equally full.
 *
 * @returns the verdicts, and how many persons the engine serves in a second
 */
export async function measureBulk({ engine, persons, apis, credentials }) {
  const bare = bareCalls(apis, credentials.services);
  const size = Math.ceil(persons.length / PORTIONS);
  const memoryBefore = engine.residentMegabytes();
  let memoryMost = memoryBefore;
  const watch = setInterval(() => {
    memoryMost = Math.max(memoryMost, engine.residentMegabytes());
  }, 500);
  const portions = [];
  try {
    for (let from = 0; from < persons.length; from += size) {
      const some = persons.slice(from, from + size);
      const portion = {
        count: some.length,
        bareMs: await timeBare(bare, apis.keycloak, some),
        ...(await timeEngine(engine, some)),
      };
      portions.push(portion);
      note(`    ${describe(portion, from + some.length)}`);
    }
  } finally {
    clearInterval(watch);
  }
  const memory = engine.residentMegabytes();
  const sum = key =>
    portions.reduce((total, portion) => total + portion[key], 0);
  const perSecond = key => (sum('count') / sum(key)) * 1000;
  const first = portions[0];
  const last = portions.at(-1);
  const growth = key => last[key] / last.count / (first[key] / first.count);
  const verdicts = [
    verdict({
      what: `(b) ${persons.length} persons × 4 services, engine over a bare loop`,
      measured: perSecond('engineMs'),
      baseline: perSecond('bareMs'),
      unit: 'persons/s',
      limit: { atLeast: THROUGHPUT },
    }),
    verdict({
      what: `(b) resident memory grown from ${memoryBefore.toFixed(
        0,
      )} MB (at most ${(memoryMost - memoryBefore).toFixed(0)} MB in between)`,
      measured: memory - memoryBefore,
      unit: 'MB',
      of: 'measured',
      limit: { atMost: MEMORY_MB },
    }),
    verdict({
      what: '(d) time per person, last tenth over first, engine over bare loop',
      measured: growth('engineMs'),
      baseline: growth('bareMs'),
      unit: '×',
      limit: { atMost: GROWTH },
    }),
    ...[
      ['processorMs', "the backend's processor time", 'ms'],
      ['transactions', 'transactions of PostgreSQL', ''],
    ].map(([key, name, unit]) =>
      verdict({
        what: `(d) ${name} per person, last tenth over first`,
        measured: last[key] / last.count,
        baseline: first[key] / first.count,
        unit,
        limit: { atMost: GROWTH },
      }),
    ),
  ];
  return { verdicts, perSecond: perSecond('engineMs') };
}

async function timeBare(bare, keycloak, persons) {
  const doubles = persons.map(person => twin(person, 'bare'));
  const since = performance.now();
  await Promise.all([
    inParallel(persons, CONCURRENCY, person => bareLookUp(keycloak, person)),
    ...Object.values(bare).map(onboard =>
      inParallel(doubles, CONCURRENCY, onboard),
    ),
  ]);
  return performance.now() - since;
}

async function timeEngine(engine, persons) {
  const processorBefore = engine.processorMs();
  const transactionsBefore = await engine.transactions();
  const since = Date.now();
  await inParallel(persons, SENDERS, person => engine.tell(person));
  const ended = await engine.settled();
  return {
    engineMs: ended - since,
    processorMs: engine.processorMs() - processorBefore,
    transactions: (await engine.transactions()) - transactionsBefore,
  };
}

function describe(
  { count, bareMs, engineMs, processorMs, transactions },
  done,
) {
  const rate = ms => ((count / ms) * 1000).toFixed(1);
  return `${done}: bare ${rate(bareMs)}/s, engine ${rate(
    engineMs,
  )}/s; per person ${(processorMs / count).toFixed(1)} ms of processor, ${(
    transactions / count
  ).toFixed(1)} transactions`;
}
