import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from './options.mjs';
import { seeded, shuffled } from './random.mjs';

test('the same seed gives the same numbers, another one others', () => {
  const numbers = seed => {
    const random = seeded(seed);
    return Array.from({ length: 5 }, random);
  };
  assert.deepEqual(numbers(7), numbers(7));
  assert.notDeepEqual(numbers(7), numbers(8));
  assert.ok(numbers(7).every(number => number >= 0 && number < 1));
});

test('shuffling keeps everything', () => {
  const things = [1, 2, 3, 4, 5, 6];
  assert.deepEqual(shuffled(things, seeded(3)).sort(), things);
});

test('a chaos test can be repeated by its seed', () => {
  assert.equal(readOptions(['--seed', '42']).seed, 42);
  assert.equal(readOptions(['--long']).persons, 500);
  assert.throws(() => readOptions(['--seed', 'x']), /whole number/);
});
