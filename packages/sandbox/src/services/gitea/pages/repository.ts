import express from 'express';
import { html } from '../../../core/page';
import { Gitea } from '../model';
import { RepositoryRow } from '../model/rows';
import { browse } from './browse';
import { sendPage, signedIn } from './frame';

/** Pages of users and repositories; what a person may not see does not exist for them. */
export function addRepositoryPages(
  router: express.Router,
  gitea: Gitea,
  url: string,
): void {
  const missing = (request: express.Request, response: express.Response) =>
    sendPage(
      gitea,
      request,
      response,
      'Page not found',
      html`<p>There is nothing here, or you may not see it.</p>`,
      404,
    );

  const visible = (request: express.Request): RepositoryRow | undefined => {
    const repository = gitea.repository(
      request.params.owner,
      request.params.repo,
    );
    const user = signedIn(gitea, request)?.user;
    return repository && gitea.permission(repository, user) !== 'none'
      ? repository
      : undefined;
  };

  router.get('/', (request, response) => {
    const user = signedIn(gitea, request)?.user;
    response.redirect(user ? `/${user.login}` : '/user/login');
  });

  router.get('/:owner', (request, response) => {
    const owner = gitea.account(request.params.owner);
    const viewer = signedIn(gitea, request)?.user;
    if (!owner || !gitea.isVisible(owner, viewer)) {
      missing(request, response);
      return;
    }
    const repositories = gitea.repositories.filter(
      repository =>
        repository.ownerId === owner.id &&
        gitea.permission(repository, viewer) !== 'none',
    );
    sendPage(
      gitea,
      request,
      response,
      owner.fullName || owner.login,
      html`<p class="note">
          ${owner.kind === 'user' ? 'User' : 'Organisation'} ${owner.login}
        </p>
        <h2>Repositories</h2>
        ${repositories.length === 0
          ? html`<p>None that you may see.</p>`
          : html`<ul>
              ${repositories.map(
                ({ name, description }) =>
                  html`<li>
                    <a href="/${owner.login}/${name}">${name}</a> ${description}
                  </li>`,
              )}
            </ul>`}
        ${viewer?.id === owner.id
          ? html`<p>
              <a href="/user/settings/applications">Access tokens</a>
            </p>`
          : ''}`,
    );
  });

  const show = async (request: express.Request, response: express.Response) => {
    const repository = visible(request);
    if (!repository) {
      missing(request, response);
      return;
    }
    const owner = gitea.accounts.get(repository.ownerId)!;
    const base = `/${owner.login}/${repository.name}`;
    const branch = request.params.branch ?? repository.defaultBranch;
    const path = ((request.params as Record<string, string>)[0] ?? '').replace(
      /\/+$/,
      '',
    );
    const sha = await gitea.git.resolve(repository.id, branch);
    const body = sha
      ? await browse(
          gitea.git,
          repository.id,
          `${base}/src/branch/${branch}`,
          sha,
          path,
        )
      : html`<p>This repository is empty.</p>`;
    if (!body) {
      missing(request, response);
      return;
    }
    sendPage(
      gitea,
      request,
      response,
      `${owner.login}/${repository.name}`,
      html`<p>
          <span class="badge"
            >${repository.private ? 'Private' : 'Public'}</span
          >
          ${repository.description}
        </p>
        <p>
          <label>
            Clone with HTTP
            <input readonly value="${url}${base}.git" />
          </label>
        </p>
        ${body}`,
    );
  };

  router.get('/:owner/:repo', show);
  router.get('/:owner/:repo/src/branch/:branch', show);
  router.get('/:owner/:repo/src/branch/:branch/*', show);
}
