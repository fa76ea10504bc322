import { createHash } from 'node:crypto';
import express from 'express';
import Router from 'express-promise-router';
import { Gitea } from '../model';
import { Commit, TreeEntry } from '../model/git';
import { RepositoryRow } from '../model/rows';
import { notFound } from './apiError';
import { scope } from './authenticate';
import { page } from './paging';
import { repositoryAccess } from './repositoryAccess';

function commitShape(commit: Commit) {
  const author = {
    name: commit.author,
    email: commit.email,
    date: commit.date,
  };
  return {
    sha: commit.sha,
    created: commit.date,
    commit: { message: commit.message, author, committer: author },
  };
}

/** What is inside a repository: branches, commits, files, archives (`routers/api/v1/repo`). */
export function contents(gitea: Gitea, url: string): express.Router {
  const router = Router();
  const { readable } = repositoryAccess(gitea);
  router.use('/repos', scope('repository'));

  const commitOf = async (repository: RepositoryRow, ref: unknown) => {
    const name =
      typeof ref === 'string' && ref !== '' ? ref : repository.defaultBranch;
    const sha = await gitea.git.resolve(repository.id, name);
    if (!sha) throw notFound();
    return sha;
  };

  router.get('/repos/:owner/:repo/branches', async (request, response) => {
    const repository = readable(request);
    const branches = await gitea.git.branches(repository.id);
    response.json(
      page(request, response, branches, url).map(({ name, sha }) => ({
        name,
        commit: { id: sha },
      })),
    );
  });

  router.get(
    '/repos/:owner/:repo/branches/:branch',
    async (request, response) => {
      const repository = readable(request);
      const branches = await gitea.git.branches(repository.id);
      const branch = branches.find(
        ({ name }) => name === request.params.branch,
      );
      if (!branch) throw notFound();
      const commit = await gitea.git.commit(repository.id, branch.sha);
      response.json({
        name: branch.name,
        commit: {
          id: commit.sha,
          message: commit.message,
          timestamp: commit.date,
        },
        protected: repository.branchProtections.some(
          ({ rule_name: name }) => name === branch.name,
        ),
      });
    },
  );

  router.get(
    '/repos/:owner/:repo/git/commits/:sha',
    async (request, response) => {
      const repository = readable(request);
      const sha = await commitOf(repository, request.params.sha);
      response.json(commitShape(await gitea.git.commit(repository.id, sha)));
    },
  );

  const entryShape = (entry: TreeEntry) => ({
    name: entry.name,
    path: entry.path,
    sha: entry.sha,
    type: entry.type,
    size: entry.size,
  });

  router.get('/repos/:owner/:repo/contents', async (request, response) => {
    const repository = readable(request);
    const sha = await commitOf(repository, request.query.ref);
    response.json(
      (await gitea.git.list(repository.id, sha, ''))!.map(entryShape),
    );
  });

  router.get('/repos/:owner/:repo/contents/*', async (request, response) => {
    const repository = readable(request);
    const path = pathOf(request);
    const sha = await commitOf(repository, request.query.ref);
    const file = await gitea.git.file(repository.id, sha, path);
    if (file) {
      const encoded = file.content.toString('base64');
      response
        .set('ETag', `"${createHash('sha1').update(encoded).digest('hex')}"`)
        .json({
          name: path.split('/').at(-1),
          path,
          sha: file.sha,
          type: 'file',
          size: file.content.length,
          encoding: 'base64',
          content: encoded,
        });
      return;
    }
    const entries = await gitea.git.list(repository.id, sha, path);
    if (!entries) throw notFound();
    response.json(entries.map(entryShape));
  });

  router.get('/repos/:owner/:repo/raw/*', async (request, response) => {
    const repository = readable(request);
    const sha = await commitOf(repository, request.query.ref);
    const file = await gitea.git.file(repository.id, sha, pathOf(request));
    if (!file) throw notFound();
    response.type('application/octet-stream').send(file.content);
  });

  router.get('/repos/:owner/:repo/archive/:name', async (request, response) => {
    const repository = readable(request);
    const ref = request.params.name.match(/^(.+)\.tar\.gz$/)?.[1];
    if (!ref) throw notFound();
    const sha = await commitOf(repository, ref);
    response
      .type('application/gzip')
      .send(await gitea.git.archive(repository.id, sha, repository.name));
  });

  return router;
}

/** The rest of the path after the route's own part; git paths have no dots that climb. */
function pathOf(request: express.Request): string {
  return (request.params as Record<string, string>)[0].replace(/\/+$/, '');
}
