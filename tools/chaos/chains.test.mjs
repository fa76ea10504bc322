import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainProblems, SERVICES } from './chains.mjs';

const complete = () => ({
  state: 'succeeded',
  steps: SERVICES.map(service => ({ service, attempts: 1 })),
  events: [
    { type: 'run.created' },
    ...SERVICES.flatMap(service => [
      { type: 'step.started', service },
      { type: 'step.succeeded', service },
    ]),
    { type: 'run.succeeded' },
  ],
});

test('a run with all of its events is complete', () => {
  assert.deepEqual(chainProblems(complete()), []);
});

test('a run that was refused says so', () => {
  const run = { state: 'failed', steps: [], events: [{ type: 'run.created' }] };
  assert.equal(chainProblems(run).length, 1);
  run.events.push({ type: 'run.refused' });
  assert.deepEqual(chainProblems(run), []);
});

test('a missing event, one too many and a missing step are found', () => {
  const lost = complete();
  lost.events.splice(2, 1);
  assert.match(chainProblems(lost)[0], /gitea ends with step.started/);
  const twice = complete();
  twice.events.push({ type: 'run.succeeded' });
  assert.match(chainProblems(twice)[0], /exactly once/);
  const short = complete();
  short.steps.pop();
  assert.match(chainProblems(short)[0], /has steps for gitea,coder,mattermost/);
});
