import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

const folder = mkdtempSync(join(tmpdir(), 'formulary-launch-'));
process.env.FORMULARY_SANDBOX = folder;
const { Program } = await import('./program.mjs');

after(() => rmSync(folder, { recursive: true }));

const forever = 'setInterval(() => {}, 1000);';
const printsReady = 'console.log("ready");';
const deaf = 'process.on("SIGTERM", () => {});';
const hasChild = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', '${forever}']);
  console.log('child ' + child.pid);`;

const program = (script, onLine) =>
  new Program('example', process.execPath, ['-e', script], {
    env: process.env,
    stopLimitMs: 300,
    onLine,
  });

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

async function isGone(pid) {
  while (isAlive(pid)) await delay(20);
}

test('a program is ready when it has printed its line', async () => {
  const running = program(printsReady + forever);
  await running.printed('ready');
  await running.stop();
  assert.equal(isAlive(running.child.process.pid), false);
});

test('a program that ends by itself is a problem, with its name and the end of its log', async () => {
  const running = program('console.error("no such table"); process.exit(3)');
  await assert.rejects(
    running.printed('ready'),
    /The example ended by itself \(3\)[\s\S]*no such table/,
  );
});

test('a program that ends before its address answers is a problem', async () => {
  const running = program('process.exit(4)');
  await assert.rejects(
    running.answers('http://127.0.0.1:9/'),
    /ended by itself \(4\)/,
  );
});

test('a program that can not be started is a problem', async () => {
  const missing = new Program('example', join(folder, 'no-node'), [], {
    env: process.env,
  });
  await assert.rejects(missing.printed('ready'), /ENOENT/);
});

test('threads and processes of a program do not take it for an orphan', async () => {
  const running = program(`
    const { Worker } = require('node:worker_threads');
    const { fork } = require('node:child_process');
    const { writeFileSync } = require('node:fs');
    const script = ${JSON.stringify(join(folder, 'forked.js'))};
    writeFileSync(script, 'setTimeout(() => process.exit(7), 200)');
    new Worker('setTimeout(() => {}, 200)', { eval: true }).once('exit', () =>
      fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }).once(
        'exit',
        code => console.log('exited ' + code),
      ),
    );
    ${forever}`);
  await running.printed('exited 7');
  await running.stop();
});

test('a program that was stopped did not fail', async () => {
  const running = program(printsReady + forever);
  await running.printed('ready');
  await running.stop();
  const outcome = await Promise.race([
    running.failure.catch(() => 'failed'),
    delay(50, 'quiet'),
  ]);
  assert.equal(outcome, 'quiet');
});

test(
  'a program that does not listen is stopped by force',
  { timeout: 30_000 },
  async () => {
    const running = program(deaf + printsReady + forever);
    await running.printed('ready');
    await running.stop();
    assert.equal(isAlive(running.child.process.pid), false);
  },
);

test(
  'what a program started ends with it, even when it is killed',
  { timeout: 30_000, skip: process.platform === 'win32' },
  async () => {
    let childPid;
    const running = program(hasChild + printsReady + forever, line => {
      childPid ??= Number(line.match(/^child (\d+)$/)?.[1]);
    });
    await running.printed('ready');
    assert.equal(isAlive(childPid), true);
    running.child.process.kill('SIGKILL');
    await isGone(childPid);
  },
);

const logsItsErrors = `
  process.on('uncaughtException', error => console.log(error.message));
  process.on('SIGTERM', () => setTimeout(() => process.exit(), 100));
  setInterval(() => console.log('tick'), 10);`;

for (const [what, script] of [
  ['a program', ''],
  ['what a program started', hasChild],
  ['a program that logs its own errors', logsItsErrors],
]) {
  test(
    `${what} does not outlive a launcher that is killed`,
    { timeout: 30_000 },
    async () => {
      const launcher = execFile(process.execPath, [
        '--input-type=module',
        '-e',
        `import { Program } from ${JSON.stringify(
          new URL('./program.mjs', import.meta.url).href,
        )};
         let last;
         const running = new Program('child', process.execPath,
           ['-e', ${JSON.stringify(script + printsReady + forever)}],
           { env: process.env, onLine: line => { last ??= line.match(/\\d+/)?.[0]; } });
         await running.printed('ready');
         console.log(last ?? running.child.process.pid);`,
      ]);
      const pid = Number(
        await new Promise(resolve => launcher.stdout.once('data', resolve)),
      );
      assert.equal(isAlive(pid), true);
      launcher.kill('SIGKILL');
      await isGone(pid);
    },
  );
}
