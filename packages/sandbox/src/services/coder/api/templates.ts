import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CoderAnswer, forbidden, notFound, readBody } from '../answers';
import { Coder } from '../Coder';
import { nameProblem } from '../names';
import { page } from '../search';
import { templateView, versionView } from '../views';

const displayName = z
  .string()
  .refine(value => value.length <= 64, 'template_display_name');
const description = z.string().refine(value => value.length < 128, 'lt');

// codersdk.CreateTemplateRequest
const createTemplate = z.object({
  name: z
    .string()
    .refine(value => nameProblem(value) === undefined, 'template_name'),
  display_name: displayName.default(''),
  description: description.default(''),
  icon: z.string().default(''),
  template_version_id: z.string(),
  default_ttl_ms: z.number().int().min(0).nullish(),
});

// codersdk.UpdateTemplateMeta
const updateTemplate = z.object({
  display_name: displayName.optional(),
  description: description.optional(),
  icon: z.string().optional(),
  default_ttl_ms: z.number().int().min(0).optional(),
});

/** `/templates` (coderd/templates.go). */
export function templatesApi(coder: Coder): express.Router {
  const router = Router();
  const { state } = coder;

  router.get('/templates', (request, response) => {
    coder.authenticate(request);
    response.json(
      state.templates
        .filter(row => !row.deleted)
        .map(row => templateView(state, row)),
    );
  });

  router.get('/organizations/:organization/templates', (request, response) => {
    coder.authenticate(request);
    const organization = coder.organization(request.params.organization);
    response.json(
      state.templates
        .filter(row => row.organizationId === organization.id && !row.deleted)
        .map(row => templateView(state, row)),
    );
  });

  router.get(
    '/organizations/:organization/templates/:name',
    (request, response) => {
      coder.authenticate(request);
      const organization = coder.organization(request.params.organization);
      const template = state.templates.find(
        'name',
        `${organization.id} ${request.params.name.toLowerCase()}`,
      );
      if (!template) throw notFound();
      response.json(templateView(state, template));
    },
  );

  router.post('/organizations/:organization/templates', (request, response) => {
    const caller = coder.authenticate(request);
    const organization = coder.organization(request.params.organization);
    const body = readBody(createTemplate, request.body);
    if (!caller.owner) throw forbidden();
    if (
      state.templates.find(
        'name',
        `${organization.id} ${body.name.toLowerCase()}`,
      )
    ) {
      throw new CoderAnswer(
        409,
        `Template with name "${body.name}" already exists.`,
        undefined,
        [
          {
            field: 'name',
            detail: 'This value is already in use and should be unique.',
          },
        ],
      );
    }
    const version = state.versions.get(body.template_version_id);
    const refuse = (status: number, message: string, detail: string) =>
      new CoderAnswer(status, message, undefined, [
        { field: 'template_version_id', detail },
      ]);
    if (!version) {
      throw refuse(
        404,
        `Template version "${body.template_version_id}" does not exist.`,
        'Template version does not exist',
      );
    }
    if (version.templateId) {
      throw refuse(
        400,
        `Template version ${version.id} is already part of a template`,
        'Template version is already part of a template',
      );
    }
    const now = new Date().toISOString();
    const template = state.templates.put({
      id: coder.newId(),
      organizationId: organization.id,
      name: body.name,
      displayName: body.display_name,
      description: body.description,
      icon: body.icon,
      defaultTtlMs: body.default_ttl_ms ?? 0,
      activeVersionId: version.id,
      createdById: caller.id,
      createdAt: now,
      updatedAt: now,
      deleted: false,
    });
    state.versions.put({ ...version, templateId: template.id });
    response.status(201).json(templateView(state, template));
  });

  router.get('/templates/:template', (request, response) => {
    coder.authenticate(request);
    response.json(templateView(state, coder.template(request.params.template)));
  });

  router.patch('/templates/:template', (request, response) => {
    const caller = coder.authenticate(request);
    const template = coder.template(request.params.template);
    const body = readBody(updateTemplate, request.body);
    if (!caller.owner) throw forbidden();
    const changed = state.templates.put({
      ...template,
      displayName: body.display_name ?? template.displayName,
      description: body.description ?? template.description,
      icon: body.icon ?? template.icon,
      defaultTtlMs: body.default_ttl_ms ?? template.defaultTtlMs,
      updatedAt: new Date().toISOString(),
    });
    response.json(templateView(state, changed));
  });

  router.delete('/templates/:template', (request, response) => {
    const caller = coder.authenticate(request);
    const template = coder.template(request.params.template);
    if (!caller.owner) throw forbidden();
    const used = state.workspaces
      .all()
      .some(row => row.templateId === template.id && !row.deleted);
    if (used) {
      throw new CoderAnswer(
        400,
        'All workspaces must be deleted before a template can be removed.',
      );
    }
    // Workspaces of the past keep pointing here, so the row stays.
    state.templates.put({ ...template, deleted: true });
    response.json({ message: 'Template has been deleted!' });
  });

  router.get('/templates/:template/versions', (request, response) => {
    coder.authenticate(request);
    const template = coder.template(request.params.template);
    const rows = state.versions.filter(row => row.templateId === template.id);
    response.json(
      page(rows, request.query).map(row => versionView(state, row)),
    );
  });

  router.get('/templates/:template/versions/:name', (request, response) => {
    coder.authenticate(request);
    const template = coder.template(request.params.template);
    const { name } = request.params;
    const version = state.versions.find(
      'name',
      `${template.id} ${name.toLowerCase()}`,
    );
    if (!version) {
      throw new CoderAnswer(
        404,
        `No template version found by name "${name}".`,
      );
    }
    response.json(versionView(state, version));
  });

  router.patch('/templates/:template/versions', (request, response) => {
    const caller = coder.authenticate(request);
    const template = coder.template(request.params.template);
    const { id } = readBody(z.object({ id: z.string() }), request.body);
    const version = state.versions.get(id);
    if (!version) throw new CoderAnswer(404, 'Template version not found.');
    if (version.templateId !== template.id) {
      throw new CoderAnswer(
        400,
        "The provided template version doesn't belong to the specified template.",
      );
    }
    const job = state.must(state.jobs, version.jobId);
    if (job.status !== 'succeeded') {
      throw new CoderAnswer(
        403,
        'Only versions that have been built successfully can be promoted.',
        `Attempted to promote a version with a ${job.status} build`,
      );
    }
    if (!caller.owner) throw forbidden();
    state.templates.put({
      ...template,
      activeVersionId: version.id,
      updatedAt: new Date().toISOString(),
    });
    response.json({ message: 'Updated the active template version!' });
  });

  return router;
}
