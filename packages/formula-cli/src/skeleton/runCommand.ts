import { spawn } from 'node:child_process';

/** How a command ended. */
export interface CommandResult {
  /** Why it failed, for people; absent when it succeeded. */
  failure?: string;
  seconds: number;
  /** What it wrote to its output and error output, in that order of arrival. */
  output: string;
}

/**
 * Runs a program to its end. With the time limit, everything that it started is
 * stopped too.
 *
 * @param command - the program, then its arguments; no shell is involved
 * @param limit - in seconds
 */
export function runCommand(
  [program, ...args]: string[],
  { cwd, limit }: { cwd: string; limit: number },
): Promise<CommandResult> {
  const started = performance.now();
  return new Promise(resolve => {
    let output = '';
    let timedOut = false;
    const child = spawn(program, args, {
      cwd,
      // A group of its own, so that the limit ends its children as well.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: '1', FORCE_COLOR: '0' },
    });
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, limit * 1000);
    const end = (failure?: string) => {
      clearTimeout(timer);
      resolve({
        failure,
        output,
        seconds: (performance.now() - started) / 1000,
      });
    };
    child.on('error', error =>
      end(`it could not be started: ${error.message}`),
    );
    child.on('close', (code, signal) => {
      if (timedOut) end(`it was stopped after ${limit} s`);
      else if (signal) end(`it was ended by ${signal}`);
      else end(code === 0 ? undefined : `exit code ${code}`);
    });
  });
}
