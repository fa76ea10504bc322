import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';

const STOP_LIMIT_MS = 10_000;
const stopWithParent = join(root, 'tools/launch/stop-with-parent.cjs');

const live = new Set();

/** Arguments of Node.js for a program that must not outlive the launcher. */
export const nodeArguments = args => ['--require', stopWithParent, ...args];

/** A process that the launcher started and answers for. */
export class Child {
  #stopping = false;

  /** @param stdio - where output and errors go, as of `child_process.spawn` */
  constructor(
    command,
    args,
    {
      env = process.env,
      cwd = root,
      stdio,
      shell = false,
      stopLimitMs = STOP_LIMIT_MS,
    },
  ) {
    this.stopLimitMs = stopLimitMs;
    this.process = spawn(command, args, {
      cwd,
      // For stop-with-parent.cjs to know whose child it is.
      env: { ...env, FORMULARY_LAUNCHER_PID: String(process.pid) },
      shell,
      stdio: ['pipe', ...stdio],
      // A group of its own: Ctrl-C reaches the launcher alone, which stops its
      // programs in order, and nothing that a program started is forgotten.
      detached: process.platform !== 'win32',
    });
    live.add(this);
    /** Resolves to the exit code, the signal or the reason why it did not start. */
    this.ended = new Promise(resolve => {
      this.process.once('exit', (code, signal) => resolve(code ?? signal));
      this.process.once('error', error => resolve(error.message));
    }).then(outcome => {
      live.delete(this);
      this.#killGroup();
      return outcome;
    });
  }

  /** Whether somebody asked it to stop. */
  get stopping() {
    return this.#stopping;
  }

  /** Stops the process, by force when it does not listen. */
  async stop() {
    this.#stopping = true;
    if (live.has(this)) this.process.kill('SIGTERM');
    const forced = setTimeout(() => this.#killGroup(), this.stopLimitMs);
    await this.ended;
    clearTimeout(forced);
  }

  #killGroup() {
    if (process.platform === 'win32') {
      this.process.kill('SIGKILL');
      return;
    }
    try {
      if (this.process.pid) process.kill(-this.process.pid, 'SIGKILL');
    } catch (error) {
      // Nobody is left in the group: as it should be.
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

const interruption = new AbortController();

/** Aborted when the launcher is asked to stop (Ctrl-C, SIGTERM, a closed terminal) or has to. */
export const interrupted = interruption.signal;

/**
 * Runs a command until it ends or somebody interrupts it, and stops everything
 * that it started, the youngest first.
 *
 * @param report - tells a person about the error that ends the command
 * @returns the exit code
 */
export async function supervised(command, report) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => interruption.abort());
  const interruptedCode = new Promise(resolve => {
    interrupted.addEventListener('abort', () => resolve(130), { once: true });
  });
  try {
    return (await Promise.race([command(), interruptedCode])) ?? 0;
  } catch (error) {
    report(error);
    return 1;
  } finally {
    interruption.abort();
    if (live.size > 0) process.stdout.write('\nStopping …\n');
    for (const child of [...live].reverse()) await child.stop();
  }
}
