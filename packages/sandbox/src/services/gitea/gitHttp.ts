import express from 'express';
import { hasScope, readToken } from './api/authenticate';
import { runGitBackend } from './gitBackend';
import { closedBranches } from './model/closedBranches';
import { Gitea } from './model';
import { AccountRow } from './model/rows';

/** The requests of the smart HTTP protocol (git's `gitprotocol-http` documentation). */
const PATH =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

/**
 * Git over HTTP: clone, fetch and push through `git http-backend`, with an
 * access token as password.
 *
 * Who is refused what follows Gitea's `routers/web/repo/githttp.go`, `httpBase`.
 */
export function gitHttp(
  gitea: Gitea,
  log: (message: string) => void,
): express.RequestHandler {
  return (request, response, next) => {
    const match = request.path.match(PATH);
    if (!match) {
      next();
      return;
    }
    const [, owner, name, action] = match;
    const service =
      action === '/info/refs' ? request.query.service : action.slice(1);
    const pushing = service === 'git-receive-pack';
    if (!pushing && service !== 'git-upload-pack') {
      refuse(response, 400, 'unknown service');
      return;
    }

    const repository = gitea.repository(owner, name);
    const allows = (user?: AccountRow) => {
      const permission = repository && gitea.permission(repository, user);
      return {
        read: permission !== undefined && permission !== 'none',
        write: permission === 'write' || permission === 'admin',
      };
    };
    const serve = (user?: AccountRow) => {
      runGitBackend(
        {
          repositories: gitea.git.root,
          path: `/${repository!.id}.git${action}`,
          login: user?.login ?? '',
          closedBranches: closedBranches(gitea, repository!, user),
          onEnd: () => {
            if (action === '/git-receive-pack') gitea.touch(repository!.id);
          },
          log,
        },
        request,
        response,
      );
    };

    if (!pushing && allows().read) {
      serve();
      return;
    }
    const given = readToken(request);
    const known = given === undefined ? undefined : gitea.logins.byToken(given);
    if (!known) {
      response.set('WWW-Authenticate', 'Basic realm="Gitea"');
      refuse(response, 401, 'Unauthorized');
      return;
    }
    const { user, token } = known;
    const allowed = allows(user);
    if (!hasScope(token.scopes, 'repository', pushing ? 'write' : 'read')) {
      refuse(response, 403, 'The token lacks the scope "repository"');
    } else if (!user.active || user.prohibitLogin) {
      refuse(response, 403, 'Your account is disabled.');
    } else if (!repository && pushing) {
      refuse(response, 403, 'Push to create is not enabled for users.');
    } else if (!allowed.read) {
      refuse(response, 404, 'Repository not found');
    } else if (pushing && !allowed.write) {
      refuse(response, 403, 'User permission denied');
    } else {
      serve(user);
    }
  };
}

function refuse(response: express.Response, status: number, message: string) {
  response.status(status).type('text').send(`${message}\n`);
}
