import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from './options.mjs';
import { percentile, verdict, verdictTable } from './verdict.mjs';

test('a percentile is one of the numbers', () => {
  const numbers = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.equal(percentile(numbers, 0.5), 50);
  assert.equal(percentile(numbers, 0.99), 99);
  assert.equal(percentile([7], 0.99), 7);
});

test('a ratio is held to its limit, from above or below', () => {
  const faster = { measured: 70, baseline: 100, unit: 'persons/s' };
  assert.equal(verdict({ ...faster, limit: { atLeast: 0.7 } }).held, true);
  assert.equal(verdict({ ...faster, limit: { atLeast: 0.71 } }).held, false);
  assert.equal(verdict({ ...faster, limit: { atMost: 0.7 } }).held, true);
  assert.equal(verdict(faster).held, true);
});

test('a number itself can be held to a limit', () => {
  const slow = verdict({
    what: 'acknowledged',
    measured: 51,
    baseline: 2,
    unit: 'ms',
    of: 'measured',
    limit: { atMost: 50 },
  });
  assert.equal(slow.held, false);
  assert.match(
    verdictTable([slow]),
    /acknowledged +51\.0 ms +2\.00 ms +25\.50 × +≤ 50 ms +BROKEN/,
  );
});

test('less can be measured, but not nothing', () => {
  assert.equal(readOptions(['--persons', '300']).persons, 300);
  assert.equal(readOptions([]).persons, 10_000);
  assert.throws(() => readOptions(['--tasks', '0']), /whole number/);
});
