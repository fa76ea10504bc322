import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../launch/problem.mjs';
import { percentile, verdict } from './verdict.mjs';

const RATE = 200;
const LIMIT_MS = 50;

/** How many people sign up in a time. */
export const arrivals = seconds => RATE * seconds;

/**
 * Sends requests at a fixed rate, whether earlier ones are answered or not.
 *
 * @returns milliseconds from when each was due until its answer was there
 */
async function openLoop(requests) {
  const begin = performance.now();
  const times = [];
  const answers = [];
  for (const [index, send] of requests.entries()) {
    const due = begin + (index * 1000) / RATE;
    const wait = due - performance.now();
    if (wait > 0) await delay(wait);
    answers.push(
      send().then(async response => {
        await response.text();
        if (!response.ok) {
          throw new Problem(`A request was answered with ${response.status}.`);
        }
        times.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(answers);
  return times;
}

/**
 * People sign up at a fixed rate while the engine works on those before them,
 * and the health endpoint, which does nothing, is asked at the same rate.
 */
export async function measureWebhooks({ engine, persons }) {
  const health = await openLoop(
    persons.map(
      () => () => fetch(`${engine.url}/.backstage/health/v1/readiness`),
    ),
  );
  const requests = persons.map(person => engine.signUp(person));
  const acknowledged = await openLoop(
    requests.map(request => () => fetch(engine.webhook, request)),
  );
  const line = (name, share, limit) =>
    verdict({
      what: `(e) webhook acknowledged at ${RATE}/s over the health endpoint, ${name} of ${persons.length}`,
      measured: percentile(acknowledged, share),
      baseline: percentile(health, share),
      unit: 'ms',
      of: 'measured',
      limit,
    });
  return [line('p50', 0.5), line('p99', 0.99, { atMost: LIMIT_MS })];
}
