import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'formulary-run-'));
process.env.FORMULARY_SANDBOX = folder;
const { explain, run } = await import('./run.mjs');

after(() => rmSync(folder, { recursive: true }));

test('the output of a step is kept in its log', async () => {
  await run('good', process.execPath, ['-e', 'console.log("done")']);
  assert.equal(readFileSync(join(folder, 'logs/good.log'), 'utf8'), 'done\n');
});

test('a step that fails is a problem with the last lines of its log', async () => {
  await assert.rejects(
    run('bad', process.execPath, [
      '-e',
      'for (let i = 0; i < 50; i++) console.log("line " + i); process.exit(2)',
    ]),
    error => {
      assert.match(error.message, /The step "bad" failed \(2\)/);
      assert.match(error.message, /line 49/);
      assert.doesNotMatch(error.message, /line 20\b/);
      return true;
    },
  );
});

test('a step can say what its output means, and endless lines are cut', async () => {
  await assert.rejects(
    run(
      'offline',
      process.execPath,
      ['-e', 'console.log("ENOTFOUND" + "x".repeat(9000)); process.exit(1)'],
      { reasonOf: explain },
    ),
    error =>
      error.message.startsWith('The package registry can not be reached') &&
      error.message.length < 1000,
  );
});

test('failures that everybody meets have a sentence of their own', () => {
  assert.match(
    explain('npm error code ENOTFOUND'),
    /registry can not be reached/,
  );
  assert.match(explain('write ENOSPC'), /disk is full/);
  assert.match(
    explain('RequestError: self-signed certificate in certificate chain'),
    /certificate is not trusted/,
  );
  assert.equal(explain('something else'), undefined);
});
