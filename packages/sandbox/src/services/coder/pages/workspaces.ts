import express from 'express';
import Router from 'express-promise-router';
import { html } from '../../../core/page';
import { notFound } from '../answers';
import { Coder } from '../Coder';
import { isActive } from '../JobRunner';
import { UserRow, WorkspaceRow } from '../model';
import { buildView, workspaceStatus } from '../workspaceViews';
import { sendPage, sendRefusal } from './frame';

/** `/workspaces`, `/@user/workspace` and the apps of a workspace. */
export function workspacePages(coder: Coder): express.Router {
  const router = Router();
  const { state } = coder;

  router.get('/', (_request, response) => response.redirect('/workspaces'));

  router.get('/workspaces', (request, response) => {
    const user = signedIn(coder, request, response);
    if (!user) return;
    const rows = state.workspaces.filter(
      row => !row.deleted && coder.maySee(row, user),
    );
    sendPage(
      response,
      'Workspaces',
      user,
      rows.length === 0
        ? html`<p class="note">There are no workspaces of yours yet.</p>`
        : html`<table>
            <thead>
              <tr>
                <th>Name</th>
                <th>Template</th>
                <th>State</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map(row => listRow(coder, row))}
            </tbody>
          </table>`,
    );
  });

  router.get('/@:owner/:name', (request, response) => {
    const user = signedIn(coder, request, response);
    if (!user) return;
    const workspace = find(coder, user, request.params);
    if (workspace) workspacePage(coder, response, user, workspace);
    else sendRefusal(response, notFound(), user);
  });

  // Path apps are at /@user/workspace.agent/apps/slug (coderd/workspaceapps).
  router.get('/@:owner/:name/apps/:slug', (request, response) => {
    const user = signedIn(coder, request, response);
    if (!user) return;
    const { owner, slug } = request.params;
    const name = request.params.name.split('.')[0];
    const workspace = find(coder, user, { owner, name });
    const build =
      workspace && state.must(state.builds, workspace.latestBuildId);
    const app =
      build &&
      buildView(state, build)
        .resources.flatMap(resource => resource.agents)
        .flatMap(agent => agent.apps)
        .find(candidate => candidate.slug === slug);
    if (!workspace || !app) {
      sendRefusal(response, notFound(), user);
      return;
    }
    sendPage(
      response,
      `${app.display_name} in ${workspace.name}`,
      user,
      html`<p>
          In a real Coder this is ${app.display_name}, running in the workspace
          <a href="${pathOf(coder, workspace)}">${workspace.name}</a>.
        </p>
        ${app.url && html`<p class="note">It listens at ${app.url}.</p>`}`,
    );
  });

  return router;
}

/** The user, or nothing after sending them to the log-in page. */
function signedIn(
  coder: Coder,
  request: express.Request,
  response: express.Response,
): UserRow | undefined {
  const user = coder.caller(request);
  if (!user || user.status === 'suspended') {
    response.redirect(
      `/login?redirect=${encodeURIComponent(request.originalUrl)}`,
    );
    return undefined;
  }
  return user;
}

function find(
  coder: Coder,
  user: UserRow,
  path: { owner: string; name: string },
): WorkspaceRow | undefined {
  const { state } = coder;
  const owner = state.users.find('username', path.owner.toLowerCase());
  const workspace =
    owner &&
    state.workspaces.find('name', `${owner.id} ${path.name.toLowerCase()}`);
  return workspace && coder.maySee(workspace, user) ? workspace : undefined;
}

function pathOf(coder: Coder, workspace: WorkspaceRow): string {
  const owner = coder.state.must(coder.state.users, workspace.ownerId);
  return `/@${owner.username}/${workspace.name}`;
}

function listRow(coder: Coder, workspace: WorkspaceRow) {
  const { state } = coder;
  const build = state.must(state.builds, workspace.latestBuildId);
  const path = pathOf(coder, workspace);
  return html`<tr>
    <td><a href="${path}">${path.slice(1)}</a></td>
    <td>${state.must(state.templates, workspace.templateId).name}</td>
    <td>${workspaceStatus(build, state.must(state.jobs, build.jobId))}</td>
  </tr>`;
}

function workspacePage(
  coder: Coder,
  response: express.Response,
  user: UserRow,
  workspace: WorkspaceRow,
) {
  const { state } = coder;
  const build = state.must(state.builds, workspace.latestBuildId);
  const job = state.must(state.jobs, build.jobId);
  const template = state.must(state.templates, workspace.templateId);
  const version = state.must(state.versions, build.templateVersionId);
  const agents = buildView(state, build).resources.flatMap(
    resource => resource.agents,
  );
  const starting = agents.some(agent => agent.lifecycle_state !== 'ready');
  const path = pathOf(coder, workspace);
  if (isActive(job) || starting) response.set('Refresh', '1');
  sendPage(
    response,
    workspace.name,
    user,
    html`<p>
        <strong data-testid="workspace-status"
          >${workspaceStatus(build, job)}</strong
        >
        · ${template.displayName || template.name}, version ${version.name} ·
        build ${build.number}
      </p>
      ${job.error && html`<p class="error">${job.error}</p>`}
      <h2>Apps</h2>
      ${agents.length === 0
        ? html`<p class="note">Apps show once the workspace runs.</p>`
        : agents.map(
            agent =>
              html`<p class="note">
                  Agent ${agent.name}: ${agent.lifecycle_state}
                </p>
                <ul>
                  ${agent.apps.map(
                    app => html`<li>
                      <a
                        href="${app.external
                          ? app.url
                          : `${path}.${agent.name}/apps/${app.slug}`}"
                        >${app.display_name}</a
                      >
                    </li>`,
                  )}
                </ul>`,
          )}
      <h2>Parameters</h2>
      <table>
        <tbody>
          ${Object.entries(build.parameters).map(
            ([name, value]) =>
              html`<tr>
                <th>${name}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <h2>Build log</h2>
      <pre>
${job.logs.map(line => `${line.output || `==> ${line.stage}`}\n`).join('')}</pre
      >`,
  );
}
