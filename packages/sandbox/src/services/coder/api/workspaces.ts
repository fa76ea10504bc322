import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CoderAnswer, notFound, readBody } from '../answers';
import { addBuild } from '../addBuild';
import { Coder } from '../Coder';
import {
  TemplateRow,
  TemplateVersionRow,
  UserRow,
  WorkspaceRow,
} from '../model';
import { nameProblem } from '../names';
import { scheduleProblem, ttlProblem } from '../schedule';
import { page, searchTerms } from '../search';
import { workspaceStatus, workspaceView } from '../workspaceViews';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

const parameterValues = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .nullish();

// codersdk.CreateWorkspaceRequest
const createWorkspace = z
  .object({
    template_id: z.string().optional(),
    template_version_id: z.string().optional(),
    name: z
      .string()
      .refine(value => nameProblem(value) === undefined, 'workspace_name'),
    autostart_schedule: z.string().nullish(),
    ttl_ms: z.number().nullish(),
    rich_parameter_values: parameterValues,
    automatic_updates: z.string().default(''),
    template_version_preset_id: z.string().optional(),
  })
  .refine(
    body => Boolean(body.template_id) !== Boolean(body.template_version_id),
    { message: 'required_without=TemplateVersionID', path: ['template_id'] },
  );

/** `/workspaces` (coderd/workspaces.go). */
export function workspacesApi(coder: Coder): express.Router {
  const router = Router();
  const { state } = coder;

  const create = (request: express.Request, response: express.Response) => {
    const caller = coder.authenticate(request);
    const owner = coder.user(request.params.user, caller);
    const body = readBody(createWorkspace, request.body);
    const { template, version } = requestedTemplate(coder, body);
    if (!caller.owner && owner.id !== caller.id) {
      throw new CoderAnswer(
        403,
        'Unauthorized to create workspace.',
        'You are unable to create a workspace in this organization. It is possible to have access to the template, but not be able to create a workspace. Please contact an administrator about your permissions if you feel this is an error.',
      );
    }
    const ttlMs = body.ttl_ms ?? template.defaultTtlMs;
    checkSettings(body.autostart_schedule, ttlMs, body.automatic_updates);
    if (
      state.workspaces.find('name', `${owner.id} ${body.name.toLowerCase()}`)
    ) {
      throw new CoderAnswer(
        409,
        `Workspace "${body.name}" already exists.`,
        undefined,
        [
          {
            field: 'name',
            detail: 'This value is already in use and should be unique.',
          },
        ],
      );
    }
    const now = new Date().toISOString();
    const workspace: WorkspaceRow = {
      id: coder.newId(),
      organizationId: template.organizationId,
      ownerId: owner.id,
      templateId: template.id,
      name: body.name,
      autostartSchedule: body.autostart_schedule || undefined,
      ttlMs: ttlMs || undefined,
      automaticUpdates:
        body.automatic_updates === 'always' ? 'always' : 'never',
      createdAt: now,
      updatedAt: now,
      lastUsedAt: now,
      latestBuildId: '',
      deleted: false,
    };
    addBuild(coder, workspace, {
      transition: 'start',
      version,
      initiator: caller,
      given: body.rich_parameter_values ?? [],
      presetId:
        body.template_version_preset_id === NIL_UUID
          ? undefined
          : body.template_version_preset_id,
    });
    response
      .status(201)
      .json(workspaceView(state, state.must(state.workspaces, workspace.id)));
  };
  router.post('/users/:user/workspaces', create);

  router.get('/workspaces', (request, response) => {
    const caller = coder.authenticate(request);
    const matching = state.workspaces
      .filter(
        row =>
          !row.deleted &&
          coder.maySee(row, caller) &&
          matches(coder, row, caller, String(request.query.q ?? '')),
      )
      .sort((a, b) => (a.lastUsedAt < b.lastUsedAt ? 1 : -1));
    response.json({
      workspaces: page(matching, request.query).map(row =>
        workspaceView(state, row),
      ),
      count: matching.length,
    });
  });

  router.get('/users/:user/workspace/:name', (request, response) => {
    const caller = coder.authenticate(request);
    const owner = coder.user(request.params.user, caller);
    const name = request.params.name.toLowerCase();
    const living = state.workspaces.find('name', `${owner.id} ${name}`);
    const deleted =
      request.query.include_deleted === 'true'
        ? state.workspaces
            .filter(
              row =>
                row.ownerId === owner.id && row.name.toLowerCase() === name,
            )
            .at(-1)
        : undefined;
    const workspace = living ?? deleted;
    if (!workspace) throw notFound();
    response.json(workspaceView(state, workspace));
  });

  router.get('/workspaces/:workspace', (request, response) => {
    const caller = coder.authenticate(request);
    const workspace = coder.workspace(
      request.params.workspace,
      caller,
      request.query.include_deleted === 'true',
    );
    response.json(workspaceView(state, workspace));
  });

  router.put('/workspaces/:workspace/ttl', (request, response) => {
    const caller = coder.authenticate(request);
    const workspace = coder.workspace(request.params.workspace, caller);
    const body = readBody(
      z.object({ ttl_ms: z.number().nullish() }),
      request.body,
    );
    const problem = ttlProblem(body.ttl_ms ?? 0);
    if (problem) {
      throw new CoderAnswer(400, 'Invalid Workspace TTL.', undefined, [
        { field: 'ttl_ms', detail: problem },
      ]);
    }
    state.workspaces.put({ ...workspace, ttlMs: body.ttl_ms || undefined });
    response.status(204).end();
  });

  router.put('/workspaces/:workspace/autostart', (request, response) => {
    const caller = coder.authenticate(request);
    const workspace = coder.workspace(request.params.workspace, caller);
    const { schedule } = readBody(
      z.object({ schedule: z.string().nullish() }),
      request.body,
    );
    const problem = schedule ? scheduleProblem(schedule) : undefined;
    if (problem) {
      throw new CoderAnswer(400, 'Invalid autostart schedule.', undefined, [
        { field: 'schedule', detail: problem },
      ]);
    }
    state.workspaces.put({
      ...workspace,
      autostartSchedule: schedule || undefined,
    });
    response.status(204).end();
  });

  return router;
}

function requestedTemplate(
  coder: Coder,
  body: z.infer<typeof createWorkspace>,
): { template: TemplateRow; version: TemplateVersionRow } {
  const { state } = coder;
  const wanted = body.template_version_id
    ? state.versions.get(body.template_version_id)
    : undefined;
  if (body.template_version_id && !wanted) {
    throw new CoderAnswer(
      400,
      `Template version "${body.template_version_id}" doesn't exist.`,
      undefined,
      [{ field: 'template_version_id', detail: 'template not found' }],
    );
  }
  const templateId = wanted?.templateId ?? body.template_id ?? NIL_UUID;
  const template = state.templates.get(templateId);
  if (!template) {
    throw new CoderAnswer(
      400,
      `Template "${templateId}" doesn't exist.`,
      undefined,
      [{ field: 'template_id', detail: 'template not found' }],
    );
  }
  if (template.deleted) {
    throw new CoderAnswer(404, `Template "${template.name}" has been deleted!`);
  }
  return {
    template,
    version: wanted ?? state.must(state.versions, template.activeVersionId),
  };
}

function checkSettings(
  schedule: string | null | undefined,
  ttlMs: number,
  updates: string,
) {
  const refuse = (message: string, field: string, detail: string) =>
    new CoderAnswer(400, message, undefined, [{ field, detail }]);
  const cron = schedule ? scheduleProblem(schedule) : undefined;
  if (cron) throw refuse('Invalid Autostart Schedule.', 'schedule', cron);
  const ttl = ttlProblem(ttlMs);
  if (ttl) throw refuse('Invalid Workspace Time to Shutdown.', 'ttl_ms', ttl);
  if (updates && !['always', 'never'].includes(updates)) {
    throw refuse(
      'Invalid Workspace Automatic Updates setting.',
      'automatic_updates',
      'Automatic updates must be one of always, never',
    );
  }
}

function matches(
  coder: Coder,
  row: WorkspaceRow,
  caller: UserRow,
  query: string,
): boolean {
  const { state } = coder;
  const terms = searchTerms(
    query.replace(/(^|\s)([^\s:/]+)\/(\S+)/, '$1owner:$2 name:$3'),
    'name',
    ['owner', 'name', 'template', 'status', 'id', 'organization'],
    'Invalid workspace search query.',
  );
  const owner = state.must(state.users, row.ownerId);
  const template = state.must(state.templates, row.templateId);
  const build = state.must(state.builds, row.latestBuildId);
  const status = workspaceStatus(build, state.must(state.jobs, build.jobId));
  const ownerName = terms.owner === 'me' ? caller.username : terms.owner;
  return (
    (!ownerName || owner.username.toLowerCase() === ownerName.toLowerCase()) &&
    (!terms.name || row.name.toLowerCase().includes(terms.name)) &&
    (!terms.template || template.name.toLowerCase() === terms.template) &&
    (!terms.id || row.id === terms.id) &&
    (!terms.status || status === terms.status)
  );
}
