import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastlyLeft } from './settle.mjs';

const NOTHING = { jobs: 0, runs: 0, steps: 0, deliveries: 0 };

test('a job that becomes due at the very end is given time to be done', async t => {
  t.mock.timers.enable({ apis: ['Date'] });
  const looks = [{ ...NOTHING, jobs: 1 }, NOTHING];
  const database = { unfinished: async () => looks.shift() };
  assert.deepEqual(await lastlyLeft(database, 0), NOTHING);
  assert.equal(looks.length, 0);
});

test('a job that nobody does is reported', async t => {
  t.mock.timers.enable({ apis: ['Date'] });
  const stuck = { ...NOTHING, jobs: 1 };
  const database = {
    unfinished: async () => {
      t.mock.timers.tick(20_000);
      return stuck;
    },
  };
  assert.deepEqual(await lastlyLeft(database, 0), stuck);
});
