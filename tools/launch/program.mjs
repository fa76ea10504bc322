import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Child, interrupted, nodeArguments } from './children.mjs';
import { logs } from './paths.mjs';
import { Problem } from './problem.mjs';

const KEPT_LINES = 20;
const START_LIMIT_MS = 180_000;

/** A long-running Node.js program of the launcher's; it ends with the launcher, whatever happens. */
export class Program {
  #lines = [];
  #onLine;
  #expected = () => {};

  /** @param onLine - gets every line that the program prints */
  constructor(name, node, args, { env, onLine = () => {}, stopLimitMs } = {}) {
    mkdirSync(logs, { recursive: true });
    this.name = name;
    this.file = join(logs, `${name}.log`);
    this.#onLine = onLine;
    this.child = new Child(node, nodeArguments(args), {
      env,
      stdio: ['pipe', 'pipe'],
      stopLimitMs,
    });
    const { stdout, stderr } = this.child.process;
    const log = createWriteStream(this.file);
    const drained = [stdout, stderr].map(stream => {
      stream.pipe(log, { end: false });
      const lines = createInterface({ input: stream });
      lines.on('line', line => this.#take(line));
      return new Promise(resolve => lines.once('close', resolve));
    });
    /** Rejects with a Problem when the program ends although nobody stopped it. */
    this.failure = Promise.all([this.child.ended, ...drained]).then(
      ([outcome]) => {
        log.end();
        if (this.child.stopping || interrupted.aborted)
          return new Promise(() => {});
        throw new Problem(
          `The ${name} ended by itself (${outcome}). The last lines of ${
            this.file
          }:\n\n${this.#lines.join('\n')}`,
        );
      },
    );
    // Whoever waits for the program hears of it; nobody waiting is no error.
    this.failure.catch(() => {});
  }

  #take(line) {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    this.#expected(line);
    this.#onLine(line);
  }

  /** Waits until the program prints a line. @throws Problem when it ends before, or takes too long */
  printed(line) {
    const seen = new Promise(resolve => {
      this.#expected = text => text === line && resolve();
    });
    return this.#within(() => seen);
  }

  /** Waits until an address answers with success. @throws Problem when the program ends before, or takes too long */
  answers(url) {
    return this.#within(async signal => {
      while (!(await succeeds(url, signal)))
        await delay(100, undefined, { signal });
    });
  }

  async #within(condition) {
    const done = new AbortController();
    const { signal } = done;
    interrupted.addEventListener('abort', () => done.abort(), { signal });
    const limit = delay(START_LIMIT_MS, undefined, {
      signal,
      ref: false,
    }).then(() => {
      throw new Problem(
        `The ${this.name} is not ready after ${
          START_LIMIT_MS / 1000
        } s. Look into ${this.file}.`,
      );
    });
    limit.catch(() => {});
    try {
      await Promise.race([condition(signal), this.failure, limit]);
    } finally {
      done.abort();
    }
  }

  /** Stops the program, by force when it does not listen. */
  stop() {
    return this.child.stop();
  }
}

async function succeeds(url, signal) {
  try {
    return (await fetch(url, { signal })).ok;
  } catch (error) {
    // Not listening yet: that is what is waited for.
    if (signal.aborted) throw error;
    return false;
  }
}
