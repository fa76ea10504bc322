import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

process.env.FORMULARY_SANDBOX = mkdtempSync(
  join(tmpdir(), 'formulary-launch-'),
);
const { Program } = await import('./program.mjs');

const program = (script, args = []) =>
  new Program('example', process.execPath, [...args, '-e', script], {
    env: process.env,
    stopLimitMs: 500,
  });

const alive = pid => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a program is ready when it has printed its line', async () => {
  const running = program('console.log("ready"); setInterval(() => {}, 1000)');
  await running.printed('ready');
  await running.stop();
  assert.equal(alive(running.child.pid), false);
});

test('a program that ends by itself is a problem, with the end of its log', async () => {
  const running = program('console.error("no such table"); process.exit(3)');
  await assert.rejects(
    running.printed('ready'),
    /ended by itself \(3\)[\s\S]*no such table/,
  );
});

test(
  'a program that does not listen is stopped by force',
  { timeout: 30_000 },
  async () => {
    const running = program(
      'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)',
    );
    await running.printed('ready');
    await running.stop();
    assert.equal(alive(running.child.pid), false);
  },
);

test(
  'no program outlives a launcher that is killed',
  { timeout: 30_000 },
  async () => {
    const stopper = new URL('./stop-with-parent.cjs', import.meta.url).pathname;
    const launcher = execFile(process.execPath, [
      '--input-type=module',
      '-e',
      `import { Program } from ${JSON.stringify(
        new URL('./program.mjs', import.meta.url).href,
      )};
     const child = new Program('child', process.execPath,
       ['--require', ${JSON.stringify(
         stopper,
       )}, '-e', 'console.log("ready"); setInterval(() => {}, 1000)'],
       { env: process.env });
     await child.printed('ready');
     console.log(child.child.pid);`,
    ]);
    const pid = Number(
      await new Promise(resolve => launcher.stdout.once('data', resolve)),
    );
    assert.equal(alive(pid), true);
    launcher.kill('SIGKILL');
    while (alive(pid)) await delay(50);
  },
);
