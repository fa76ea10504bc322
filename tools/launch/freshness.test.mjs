import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { digest, unlessFresh } from './freshness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'formulary-fresh-'));
after(() => rmSync(folder, { recursive: true }));

const write = (path, text) => writeFileSync(join(folder, path), text);

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  write('src/a.ts', 'a');
  write('src/deep/b.ts', 'b');
});

test('a changed, added, renamed or removed file changes the digest', () => {
  const seen = new Set([digest(['src'], folder)]);
  write('src/deep/b.ts', 'changed');
  seen.add(digest(['src'], folder));
  write('src/c.ts', 'added');
  seen.add(digest(['src'], folder));
  rmSync(join(folder, 'src/c.ts'));
  write('src/renamed.ts', 'added');
  seen.add(digest(['src'], folder));
  rmSync(join(folder, 'src/deep/b.ts'));
  seen.add(digest(['src'], folder));
  assert.equal(seen.size, 5);
});

test('what a build leaves does not change the digest', () => {
  const before = digest(['.'], folder);
  write('dist/bundle.js', 'built');
  assert.equal(digest(['.'], folder), before);
});

test('a path that is not there is no error', () => {
  assert.equal(digest(['src', 'missing'], folder), digest(['src'], folder));
});

test('work is done once for the same digest, and again for another', async () => {
  let times = 0;
  const work = async () => {
    times += 1;
  };
  await unlessFresh('stamp', 'one', work, folder);
  await unlessFresh('stamp', 'one', work, folder);
  assert.equal(times, 1);
  await unlessFresh('stamp', 'two', work, folder);
  assert.equal(times, 2);
});

test('work that failed is done again', async () => {
  await assert.rejects(
    unlessFresh('stamp', 'one', () => Promise.reject(new Error('no')), folder),
  );
  let again = false;
  await unlessFresh(
    'stamp',
    'one',
    async () => {
      again = true;
    },
    folder,
  );
  assert.equal(again, true);
});
