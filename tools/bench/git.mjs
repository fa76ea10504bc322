import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs the git program in a folder, without the user's own settings. */
export async function git(folder, ...args) {
  await run('git', args, {
    cwd: folder,
    env: {
      ...process.env,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Benchmark',
      GIT_AUTHOR_EMAIL: 'benchmark@formulary.example',
      GIT_COMMITTER_NAME: 'Benchmark',
      GIT_COMMITTER_EMAIL: 'benchmark@formulary.example',
      GIT_TERMINAL_PROMPT: '0',
    },
  });
}

/** An address with an access token in it. */
export function withToken(address, token) {
  const url = new URL(address);
  url.username = 'token';
  url.password = token;
  return url.href;
}
