import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { variables } from './configChecks.mjs';
import {
  bundles,
  jest,
  nodeTest,
  one,
  playwright,
  sum,
  totalLine,
} from './counts.mjs';
import { greeting } from './greeting.mjs';
import { table } from './table.mjs';
import { troubleOf, withoutRepeats } from './trouble.mjs';

const folder = mkdtempSync(join(tmpdir(), 'formulary-counts-'));
after(() => rmSync(folder, { recursive: true }));

const report = text => {
  const file = join(folder, String(Math.random()));
  writeFileSync(file, text);
  return file;
};

test('counts are read from the reports of the four runners', () => {
  assert.deepEqual(
    nodeTest(
      report('# pass 3\n# fail 1\n# cancelled 0\n# skipped 2\n# todo 0'),
      false,
    ),
    {
      passed: 3,
      failed: 1,
      skipped: 2,
    },
  );
  assert.deepEqual(
    jest(
      report(
        '{"numPassedTests":5,"numFailedTests":1,"numRuntimeErrorTestSuites":1,"numPendingTests":0,"numTodoTests":0}',
      ),
      false,
    ),
    { passed: 5, failed: 2, skipped: 0 },
  );
  assert.deepEqual(
    playwright(
      report(
        '{"stats":{"expected":4,"flaky":1,"unexpected":0,"skipped":0},"errors":[]}',
      ),
      true,
    ),
    { passed: 5, failed: 0, skipped: 0 },
  );
  assert.deepEqual(
    bundles(
      report(
        '{"bundles":[{"bundle":"formulas/a","passed":true},{"bundle":"formulas/b","passed":false}]}',
      ),
      false,
    ),
    { passed: 1, failed: 1, skipped: 0 },
  );
});

test('a runner that failed is never counted as green', () => {
  assert.equal(nodeTest(report('# pass 3\n# fail 0'), false).failed, 1);
  assert.deepEqual(jest(join(folder, 'missing'), true), one(false));
  assert.equal(bundles(report('{"bundles":[]}'), false).failed, 1);
});

test('the last line counts everything, and what was skipped only when there is some', () => {
  const total = sum([
    { passed: 5, failed: 1, skipped: 0 },
    { passed: 2, failed: 0, skipped: 0 },
  ]);
  assert.equal(totalLine(total), '7 passed, 1 failed');
  assert.equal(
    totalLine({ ...total, skipped: 2 }),
    '7 passed, 1 failed, 2 skipped',
  );
});

test('tables are aligned and have no trailing blanks', () => {
  assert.equal(
    table([
      ['a', 'bbb'],
      ['cccc', 'd'],
    ]),
    '  a      bbb\n  cccc   d',
  );
});

test('the greeting says where, as whom and what to click', () => {
  const text = greeting({
    portal: { url: 'http://localhost:7007' },
    people: [
      {
        username: 'ada',
        password: 'ada-1',
        organisation: 'acme',
        role: 'developer',
      },
    ],
  });
  assert.match(text, /Formulary is ready: http:\/\/localhost:7007/);
  assert.match(text, /ada +ada-1 +acme +developer/);
  assert.match(text, /Use this formula/);
});

test('warnings and errors of the backend are shown on one line, anything else is not', () => {
  const entry = (level, message) =>
    JSON.stringify({ level, message, plugin: 'catalog', service: 'backstage' });
  assert.equal(
    troubleOf(entry('warn', 'slow\nstack')),
    'warning of catalog: slow',
  );
  assert.equal(
    troubleOf(entry('error', 'x'.repeat(300))),
    `error of catalog: ${'x'.repeat(200)}…`,
  );
  assert.equal(troubleOf(entry('info', 'fine')), undefined);
  assert.equal(troubleOf('(node:1) ExperimentalWarning'), undefined);
  assert.equal(troubleOf('{ half a line'), undefined);
});

test('variables are read from a file, without its comments', () => {
  assert.deepEqual(variables('# a comment\nURL=http://x?a=b\n\nEMPTY=\n'), {
    URL: 'http://x?a=b',
    EMPTY: '',
  });
});

test('trouble that repeats itself is shown once a minute', () => {
  const shown = [];
  let now = 0;
  const show = withoutRepeats(
    text => shown.push(text),
    () => now,
  );
  show('error of queue: again in 12ms');
  show('error of queue: again in 345ms');
  show('error of catalog: gone');
  now = 61_000;
  show('error of queue: again in 9ms');
  assert.deepEqual(shown, [
    'error of queue: again in 12ms',
    'error of catalog: gone',
    'error of queue: again in 9ms',
  ]);
});
