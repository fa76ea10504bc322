import { spawn } from 'node:child_process';
import { join } from 'node:path';
import express from 'express';

/** Folder of the hook that keeps pushes off protected branches. */
// eslint-disable-next-line no-restricted-syntax
const HOOKS = join(__dirname, 'hooks');

/** One request that `git http-backend` answers. */
interface BackendCall {
  /** Folder of the bare repositories. */
  repositories: string;
  /** Path below that folder, with the protocol's own part. */
  path: string;
  /** Who is signed in; empty for nobody. Only with a name does git take a push. */
  login: string;
  /** Branches that this push may not change. */
  closedBranches: string[];
  /** Called when git is done. */
  onEnd(): void;
  log(message: string): void;
}

/** Lets `git http-backend`, a CGI program, answer a request. */
export function runGitBackend(
  { repositories, path, login, closedBranches, onEnd, log }: BackendCall,
  request: express.Request,
  response: express.Response,
): void {
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: repositories,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: new URL(request.url, 'http://localhost').search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.get('content-type') ?? '',
      CONTENT_LENGTH: request.get('content-length'),
      HTTP_CONTENT_ENCODING: request.get('content-encoding'),
      GIT_PROTOCOL: request.get('git-protocol'),
      REMOTE_USER: login,
      REMOTE_ADDR: '127.0.0.1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.hooksPath',
      GIT_CONFIG_VALUE_0: HOOKS,
      // No branch has a space in its name.
      CLOSED_BRANCHES: ` ${closedBranches.join(' ')} `,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const fail = (reason: string) => {
    log(`git over HTTP failed: ${reason}`);
    if (response.headersSent) response.destroy();
    else response.status(500).type('text').send('git could not be run\n');
  };

  request.pipe(child.stdin);
  // Git stops reading when it has refused; what it says is in its answer.
  child.stdin.on('error', () => request.unpipe(child.stdin));
  // A client that hangs up would leave git waiting for the rest.
  response.once('close', () => {
    if (!response.writableFinished) child.kill();
  });
  child.once('error', error => fail(error.message));
  child.once('close', code => {
    onEnd();
    if (!response.headersSent) fail(`no answer (exit code ${code})`);
  });

  let head = Buffer.alloc(0);
  const onHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    child.stdout.off('data', onHead);
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [, field, value] = line.match(/^([^:]+):\s*(.*)$/) ?? [];
      if (field?.toLowerCase() === 'status') {
        response.status(Number.parseInt(value, 10));
      } else if (field) {
        response.setHeader(field, value);
      }
    }
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response);
  };
  child.stdout.on('data', onHead);
}
