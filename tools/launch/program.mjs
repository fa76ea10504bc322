import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { logs, root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { tail } from './run.mjs';

/** A long-running program of the launcher's; it ends with the launcher, whatever happens. */
export class Program {
  constructor(name, command, args, { env, onLine, stopLimitMs = 10_000 } = {}) {
    mkdirSync(logs, { recursive: true });
    this.name = name;
    this.file = join(logs, `${name}.log`);
    this.onLine = onLine;
    this.stopLimitMs = stopLimitMs;
    const log = createWriteStream(this.file);
    this.child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches the launcher alone, which stops its programs in order.
      detached: process.platform !== 'win32',
    });
    this.ended = new Promise(resolve => {
      this.child.once('exit', (code, signal) => resolve(code ?? signal));
      this.child.once('error', error => resolve(error.message));
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.pipe(log, { end: false });
      createInterface({ input: stream }).on('line', line => {
        this.waitingFor?.(line);
        this.onLine?.(line);
      });
    }
  }

  /** Waits for a line; @throws Problem when the program ends before. */
  async printed(line) {
    const seen = new Promise(resolve => {
      this.waitingFor = text => text === line && resolve();
    });
    await Promise.race([seen, this.#endedEarly()]);
  }

  /** Waits until an address answers with success; @throws Problem when the program ends before. */
  async answers(url) {
    let early;
    this.#endedEarly().catch(error => {
      early = error;
    });
    for (;;) {
      if (early) throw early;
      const response = await fetch(url).catch(() => undefined);
      if (response?.ok) return;
      await delay(200);
    }
  }

  /** Stops the program, by force when it does not listen. */
  async stop() {
    this.stopping = true;
    this.child.kill('SIGTERM');
    const forced = setTimeout(() => this.child.kill('SIGKILL'), this.stopLimitMs);
    await this.ended;
    clearTimeout(forced);
  }

  async #endedEarly() {
    const code = await this.ended;
    if (!this.stopping) {
      throw new Problem(
        `The ${this.name} ended by itself (${code}).\n\nThe last lines of ${
          this.file
        }:\n${tail(this.file)}`,
      );
    }
  }
}
