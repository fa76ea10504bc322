import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bareTimes,
  partsTable,
  repositoryVerdict,
  runVerdict,
  timesTable,
} from './formulaReport.mjs';

test('the sum of the bare calls has the waiting in it, and tells it apart', () => {
  assert.deepEqual(
    bareTimes([
      ['coder: create the workspace', 10],
      ['coder: wait for the build', 3000],
      ['coder: wait for the agent', 1000],
      ['portal: register in the catalog', 20],
    ]),
    { sum: 4030, waiting: 4000 },
  );
});

test('a run may take 1.3 times its bare calls and a second, and not more', () => {
  const bare = [900, 1000, 5000];
  const kept = runVerdict('Run', [2300, 9000, 100], bare);
  assert.equal(kept.kept, true);
  assert.equal(
    kept.text,
    'Run: 2.30 s, bare calls 1.00 s (2.30 ×), limit 1.3 × and 1 s, which is 2.30 s: kept',
  );
  const broken = runVerdict('Run', [2301, 9000, 100], bare);
  assert.equal(broken.kept, false);
  assert.match(broken.text, /BROKEN$/);
});

test('ours has to be ten times faster than the stock action', () => {
  assert.deepEqual(repositoryVerdict([200, 210, 100], [2000, 9000, 1000]), {
    kept: true,
    text: 'gitea:create-repository: 10.0 × faster than publish:gitea, limit 10 ×: kept',
  });
  assert.equal(repositoryVerdict([201], [2000]).kept, false);
});

test('times are shown for each run, with median, least and most', () => {
  assert.equal(
    timesTable('run', { ours: [1000, 3000], stock: [20000, 22000] }),
    [
      '  run      ours     stock',
      '  1        1.00 s   20.00 s',
      '  2        3.00 s   22.00 s',
      '  median   2.00 s   21.00 s',
      '  min      1.00 s   20.00 s',
      '  max      3.00 s   22.00 s',
    ].join('\n'),
  );
});

test('what the time goes into is shown by part, in its order', () => {
  assert.equal(
    partsTable('step', [
      [
        ['accounts', 100],
        ['workspace', 4000],
      ],
      [
        ['accounts', 110],
        ['workspace', 4100],
      ],
    ]),
    [
      '  step        median',
      '  accounts    105 ms',
      '  workspace   4050 ms',
    ].join('\n'),
  );
});
