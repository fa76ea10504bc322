import { Api } from '../api.mjs';
import { median } from '../report.mjs';
import { bareCalls, twin } from './bareCalls.mjs';
import { seeded, shuffled } from '../../chaos/random.mjs';
import { percentile, verdict } from './verdict.mjs';

const SERVICES = ['gitea', 'coder', 'mattermost', 'twenty'];

/** Latencies from 50 to 400 ms: the same for all services, and one of each for each. */
const SAME = [50, 100, 200, 400].map(ms => SERVICES.map(() => ms));
const MIXED = [50, 150, 275, 400];
const MIXES = 4;

const SEED = 7;
const FACTOR = 1.2;

/** The latencies under which people sign up, by service; the same in every run. */
function conditions() {
  const random = seeded(SEED);
  const mixes = Array.from({ length: MIXES }, () => shuffled(MIXED, random));
  return [...SAME, ...mixes].map(latencies =>
    Object.fromEntries(SERVICES.map((name, i) => [name, latencies[i]])),
  );
}

/**
 * People sign up one after the other while every call to a service takes 50 to
 * 400 ms longer; beside each, the calls of each service are made by hand.
 */
export async function measureSignUps({ engine, persons, apis, credentials }) {
  const control = new Api(credentials.control.url, {});
  const bare = bareCalls(apis, credentials.services);
  const ratios = [];
  const walls = [];
  const slowest = [];
  const all = conditions();
  const share = Math.ceil(persons.length / all.length);
  for (const [index, latencies] of all.entries()) {
    const some = persons.slice(index * share, (index + 1) * share);
    if (some.length === 0) break;
    for (const [service, latencyMs] of Object.entries(latencies)) {
      await control.put(`/faults/${service}`, [{ latencyMs }]);
    }
    const own = [];
    const times = [];
    for (const person of some) {
      const double = twin(person, 'bare');
      own.push(
        Math.max(
          ...(await Promise.all(
            SERVICES.map(service => timed(() => bare[service](double))),
          )),
        ),
      );
      const since = Date.now();
      await engine.tell(person);
      times.push((await engine.settled({ pollMs: 20 })) - since);
    }
    const service = median(own);
    ratios.push(...times.map(time => time / service));
    walls.push(...times);
    slowest.push(...times.map(() => service));
  }
  for (const service of SERVICES) await control.put(`/faults/${service}`, []);
  const p95 = percentile(ratios, 0.95);
  return [
    verdict({
      what: `(a) sign-up to four accounts, over the slowest service's own time, p95 of ${ratios.length}`,
      measured: p95,
      baseline: 1,
      unit: '×',
      limit: { atMost: FACTOR },
    }),
    verdict({
      what: '(a) the same, median times',
      measured: median(walls),
      baseline: median(slowest),
      unit: 'ms',
    }),
  ];
}

async function timed(work) {
  const since = performance.now();
  await work();
  return performance.now() - since;
}
