import { spawn } from 'node:child_process';
import express from 'express';
import { Gitea } from './model';
import { AccountRow, RepositoryRow } from './model/rows';
import { readToken } from './api/authenticate';

/** The requests of the smart HTTP protocol, and what each needs (git's `http-protocol` documentation). */
const PATH =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

/** Git over HTTP: clone, fetch and push through `git http-backend`. */
export function gitHttp(gitea: Gitea): express.RequestHandler {
  return (request, response, next) => {
    const match = request.path.match(PATH);
    if (!match) {
      next();
      return;
    }
    const [, owner, name, action] = match;
    const service =
      action === '/info/refs'
        ? String(request.query.service ?? '')
        : action.slice(1);
    const pushing = service === 'git-receive-pack';
    const given = readToken(request);
    const user = given === undefined ? undefined : gitea.byToken(given)?.user;
    if (given !== undefined && (!user || user.prohibitLogin)) {
      refuse(response, 401, 'invalid username, password or token');
      return;
    }
    const repository = gitea.repository(owner, name);
    const permission = repository ? gitea.permission(repository, user) : 'none';
    const enough = pushing
      ? permission === 'write' || permission === 'admin'
      : permission !== 'none';
    if (!repository || !enough) {
      // Somebody unknown is asked who they are; somebody known learns nothing about what they may not see.
      if (!user) refuse(response, 401, 'authentication is required');
      else if (permission === 'none')
        refuse(response, 404, 'Repository not found');
      else refuse(response, 403, 'User permission denied');
      return;
    }
    serve(gitea, repository, action, user, request, response);
  };
}

function refuse(response: express.Response, status: number, message: string) {
  if (status === 401) response.set('WWW-Authenticate', `Basic realm="Gitea"`);
  response.status(status).type('text').send(`${message}\n`);
}

function serve(
  gitea: Gitea,
  repository: RepositoryRow,
  action: string,
  user: AccountRow | undefined,
  request: express.Request,
  response: express.Response,
) {
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: gitea.git.root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${repository.id}.git${action}`,
      QUERY_STRING: new URL(request.url, 'http://localhost').search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.get('content-type') ?? '',
      CONTENT_LENGTH: request.get('content-length'),
      HTTP_CONTENT_ENCODING: request.get('content-encoding'),
      GIT_PROTOCOL: request.get('git-protocol'),
      REMOTE_USER: user?.login ?? '',
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A client that hangs up closes the pipe; the program then ends by itself.
  child.stdin.on('error', () => child.kill());
  request.pipe(child.stdin);
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (!head) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [field, value] = [
        line.slice(0, line.indexOf(':')),
        line.slice(line.indexOf(':') + 1).trim(),
      ];
      if (field.toLowerCase() === 'status')
        response.status(Number(value.split(' ')[0]));
      else response.setHeader(field, value);
    }
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  child.once('error', () => refuse(response, 500, 'git could not be run'));
  child.once('close', () => {
    if (action === '/git-receive-pack') {
      gitea.repositories.put({
        ...gitea.repositories.get(repository.id)!,
        updated: new Date().toISOString(),
      });
    }
    response.end();
  });
}
