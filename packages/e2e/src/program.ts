import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

interface ProgramOptions {
  name: string;
  args: string[];
  cwd: string;
  env?: Record<string, string>;
  /** Everything that the program prints. */
  logFile: string;
  /** Whether it leads a process group of its own, to end with all that it starts. */
  ownGroup?: boolean;
}

const START_LIMIT_MS = 120_000;

/** A Node.js program that runs beside the journeys. */
export class Program {
  private exited = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly options: ProgramOptions,
  ) {
    child.once('exit', () => {
      this.exited = true;
    });
  }

  /** Starts a program; its output goes to its log file. */
  static start(options: ProgramOptions): Program {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const log = openSync(options.logFile, 'w');
    const child = spawn(process.execPath, options.args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', log, log],
      detached: options.ownGroup ?? false,
    });
    closeSync(log);
    return new Program(child, options);
  }

  /** Waits until the program has printed a line. */
  async waitForLine(line: string): Promise<void> {
    await this.waitUntil(
      async () => this.printed().split('\n').includes(line),
      `the line "${line}"`,
    );
  }

  /** Waits until the program has ended by itself. @throws Error when it failed */
  async finished(): Promise<void> {
    if (!this.exited) await once(this.child, 'exit');
    if (this.child.exitCode !== 0) {
      throw new Error(
        `The ${this.options.name} failed:\n${this.printed().slice(-4000)}`,
      );
    }
  }

  /** Waits until an address answers with success. */
  async waitForUrl(url: string): Promise<void> {
    await this.waitUntil(async () => {
      try {
        return (await fetch(url)).ok;
      } catch {
        // Not listening yet: that is what is waited for.
        return false;
      }
    }, url);
  }

  /** Ends the program, politely first. */
  async stop(): Promise<void> {
    if (this.exited) return;
    const gone = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await Promise.race([gone, delay(15_000, undefined, { ref: false })]);
    if (!this.exited) {
      this.child.kill('SIGKILL');
      await gone;
    }
  }

  private printed() {
    return readFileSync(this.options.logFile, 'utf8');
  }

  private async waitUntil(condition: () => Promise<boolean>, what: string) {
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await condition())) {
      if (this.exited || Date.now() > deadline) {
        const reason = this.exited ? 'ended before' : 'did not reach';
        await this.stop();
        throw new Error(
          `The ${this.options.name} ${reason} ${what}:\n${this.printed().slice(
            -4000,
          )}`,
        );
      }
      await delay(200);
    }
  }
}
