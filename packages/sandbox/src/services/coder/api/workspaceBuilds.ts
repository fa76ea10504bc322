import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CoderAnswer, notFound, readBody } from '../answers';
import { addBuild } from '../addBuild';
import { Coder, uuid } from '../Coder';
import { isActive } from '../JobRunner';
import { BuildRow } from '../model';
import { page } from '../search';
import { buildView } from '../workspaceViews';
import { jobLogs } from './jobLogs';

// codersdk.CreateWorkspaceBuildRequest
const createBuild = z.object({
  transition: z.enum(['start', 'stop', 'delete']),
  template_version_id: z.string().optional(),
  rich_parameter_values: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullish(),
});

/** Builds of workspaces, their logs and parameters (coderd/workspacebuilds.go). */
export function workspaceBuildsApi(coder: Coder): express.Router {
  const router = Router();
  const { state } = coder;

  router.post('/workspaces/:workspace/builds', (request, response) => {
    const caller = coder.authenticate(request);
    const workspace = coder.workspace(request.params.workspace, caller);
    const body = readBody(createBuild, request.body);
    const latest = state.must(state.builds, workspace.latestBuildId);
    const versionId = body.template_version_id ?? latest.templateVersionId;
    const version = state.versions.get(versionId);
    if (!version || version.templateId !== workspace.templateId) {
      throw new CoderAnswer(
        400,
        "Template version doesn't exist or doesn't belong to the workspace's template.",
        undefined,
        [
          {
            field: 'template_version_id',
            detail: 'template version not found',
          },
        ],
      );
    }
    const build = addBuild(coder, workspace, {
      transition: body.transition,
      version,
      initiator: caller,
      given: body.rich_parameter_values ?? [],
    });
    response.status(201).json(buildView(state, build));
  });

  router.get('/workspaces/:workspace/builds', (request, response) => {
    const caller = coder.authenticate(request);
    const workspace = coder.workspace(request.params.workspace, caller, true);
    const rows = state.builds
      .filter(row => row.workspaceId === workspace.id)
      .sort((a, b) => b.number - a.number);
    response.json(page(rows, request.query).map(row => buildView(state, row)));
  });

  const buildOf = (request: express.Request): BuildRow => {
    const caller = coder.authenticate(request);
    const build = state.builds.get(uuid(request.params.build));
    const workspace = build && state.workspaces.get(build.workspaceId);
    if (!build || !workspace || !coder.maySee(workspace, caller)) {
      throw notFound();
    }
    return build;
  };

  router.get('/workspacebuilds/:build', (request, response) => {
    response.json(buildView(state, buildOf(request)));
  });

  router.get('/workspacebuilds/:build/parameters', (request, response) => {
    response.json(
      Object.entries(buildOf(request).parameters).map(([name, value]) => ({
        name,
        value,
      })),
    );
  });

  router.get('/workspacebuilds/:build/logs', (request, response) => {
    const job = state.must(state.jobs, buildOf(request).jobId);
    response.json(jobLogs(job, request.query));
  });

  router.patch('/workspacebuilds/:build/cancel', (request, response) => {
    const job = state.must(state.jobs, buildOf(request).jobId);
    if (!isActive(job)) {
      throw new CoderAnswer(400, 'Job has already completed!');
    }
    if (job.canceledAt) {
      throw new CoderAnswer(400, 'Job has already been marked as canceled!');
    }
    state.jobs.put({ ...job, canceledAt: new Date().toISOString() });
    response.json({ message: 'Job has been marked as canceled...' });
  });

  return router;
}
