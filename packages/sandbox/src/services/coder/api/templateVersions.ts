import { randomBytes } from 'node:crypto';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CoderAnswer, forbidden, readBody } from '../answers';
import { Coder } from '../Coder';
import { isActive } from '../JobRunner';
import { TemplateVersionRow } from '../model';
import { versionNameProblem } from '../names';
import { parameterView, versionView } from '../views';
import { jobLogs } from './jobLogs';

// codersdk.CreateTemplateVersionRequest
const createVersion = z.object({
  name: z
    .string()
    .refine(
      value => value === '' || versionNameProblem(value) === undefined,
      'template_version_name',
    )
    .default(''),
  message: z
    .string()
    .refine(value => value.length <= 1_048_576, 'lt')
    .default(''),
  template_id: z.string().optional(),
  storage_method: z.string().refine(value => value === 'file', 'oneof=file'),
  file_id: z.string(),
  provisioner: z
    .string()
    .refine(
      value => ['terraform', 'echo'].includes(value),
      'oneof=terraform echo',
    ),
  user_variable_values: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullish(),
});

/** `/templateversions`: import and what it found (coderd/templateversions.go). */
export function templateVersionsApi(coder: Coder): express.Router {
  const router = Router();
  const { state } = coder;

  router.post(
    '/organizations/:organization/templateversions',
    (request, response) => {
      const caller = coder.authenticate(request);
      const organization = coder.organization(request.params.organization);
      const body = readBody(createVersion, request.body);
      if (!caller.owner) throw forbidden();
      const template =
        body.template_id === undefined
          ? undefined
          : state.templates.get(body.template_id);
      if (body.template_id !== undefined && !template) {
        throw new CoderAnswer(404, 'Template does not exist.');
      }
      if (!state.files.get(body.file_id)) {
        throw new CoderAnswer(404, 'File not found.');
      }
      const name = body.name || `sandbox_${randomBytes(4).toString('hex')}`;
      if (
        template &&
        state.versions.find('name', `${template.id} ${name.toLowerCase()}`)
      ) {
        throw new CoderAnswer(
          409,
          `A template version with name "${name}" already exists for this template.`,
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
      const jobId = coder.newId();
      const version = state.versions.put({
        id: coder.newId(),
        organizationId: organization.id,
        templateId: template?.id,
        name,
        message: body.message,
        jobId,
        createdById: caller.id,
        createdAt: now,
        updatedAt: now,
        variableValues: Object.fromEntries(
          (body.user_variable_values ?? []).map(item => [
            item.name,
            item.value,
          ]),
        ),
      });
      coder.jobs.enqueue({
        id: jobId,
        organizationId: organization.id,
        type: 'template_version_import',
        subjectId: version.id,
        initiatorId: caller.id,
        fileId: body.file_id,
        status: 'pending',
        error: '',
        createdAt: now,
        logs: [],
        done: 0,
      });
      response.status(201).json(versionView(state, version));
    },
  );

  router.get('/templateversions/:version', (request, response) => {
    coder.authenticate(request);
    response.json(versionView(state, coder.version(request.params.version)));
  });

  router.get('/templateversions/:version/logs', (request, response) => {
    coder.authenticate(request);
    const version = coder.version(request.params.version);
    response.json(
      jobLogs(state.must(state.jobs, version.jobId), request.query),
    );
  });

  router.get(
    '/templateversions/:version/rich-parameters',
    (request, response) => {
      const version = finished(coder, request);
      response.json((version.content?.parameters ?? []).map(parameterView));
    },
  );

  router.get('/templateversions/:version/variables', (request, response) => {
    const version = finished(coder, request);
    response.json(
      (version.content?.variables ?? []).map(variable => ({
        name: variable.name,
        description: variable.description,
        type: variable.type,
        value: variable.sensitive
          ? ''
          : version.variableValues[variable.name] ??
            variable.defaultValue ??
            '',
        default_value: variable.sensitive ? '' : variable.defaultValue ?? '',
        required: variable.defaultValue === undefined,
        sensitive: variable.sensitive,
      })),
    );
  });

  router.get('/templateversions/:version/presets', (request, response) => {
    coder.authenticate(request);
    const version = coder.version(request.params.version);
    response.json(
      (version.content?.presets ?? []).map(preset => ({
        ID: preset.id,
        Name: preset.name,
        Parameters: Object.entries(preset.parameters).map(([Name, Value]) => ({
          Name,
          Value,
        })),
        Default: preset.isDefault,
        DesiredPrebuildInstances: null,
        Description: '',
        Icon: '',
      })),
    );
  });

  return router;
}

/** @throws CoderAnswer 403 while the import runs, as templateVersionRichParameters does */
function finished(coder: Coder, request: express.Request): TemplateVersionRow {
  coder.authenticate(request);
  const version = coder.version(request.params.version);
  if (isActive(coder.state.must(coder.state.jobs, version.jobId))) {
    throw new CoderAnswer(403, "Job hasn't completed!");
  }
  return version;
}
