import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { UniqueViolation } from '../../../core/store';
import { OrganizationRow } from '../model/rows';
import { AdminContext, created, record } from './admin-context';
import { AdminError, badRequest, conflict } from './errors';
import { flag, page, text } from './query';
import { organizationRepresentation } from './representations';

const DEFAULT_MAX = 10;

const organizationSchema = z.object({
  name: z.string().trim().min(1).max(255),
  alias: z.string().max(255).nullish(),
  enabled: z.boolean().nullish(),
  description: z.string().nullish(),
  redirectUrl: z.string().nullish(),
  domains: z
    .array(
      z.object({ name: z.string().min(1), verified: z.boolean().nullish() }),
    )
    .nullish(),
  attributes: z.record(z.string(), z.array(z.string())).nullish(),
});

/** `/organizations`: list, create, read, change, delete. */
export function createOrganizationsRouter(
  context: AdminContext,
): express.Router {
  const { organizations } = context.realm;
  const router = Router();

  const search = (request: express.Request) => {
    const wanted = text(request, 'search')?.trim().toLowerCase();
    if (!wanted) return organizations.all();
    const matches = flag(request, 'exact')
      ? (value: string) => value.toLowerCase() === wanted
      : (value: string) => value.toLowerCase().includes(wanted);
    return organizations
      .all()
      .filter(
        ({ name, domains }) =>
          matches(name) || domains.some(domain => matches(domain.name)),
      );
  };

  router.get('/', (request, response) => {
    const brief = flag(request, 'briefRepresentation') ?? true;
    response.json(
      page(request, search(request), DEFAULT_MAX).map(row =>
        organizationRepresentation(row, brief),
      ),
    );
  });

  router.get('/count', (request, response) => {
    response.json(search(request).length);
  });

  router.post('/', (request, response) => {
    const input = parse(request.body);
    const row = unique(() =>
      organizations.create({
        enabled: true,
        domains: [],
        attributes: {},
        ...input,
        alias: input.alias ?? input.name,
      }),
    );
    record(context, response, {
      resourceType: 'ORGANIZATION',
      operationType: 'CREATE',
      resourcePath: `organizations/${row.id}`,
      representation: organizationRepresentation(row),
    });
    created(request, response, row.id);
  });

  router.get('/:id', (request, response) => {
    response.json(organizationRepresentation(organization(context, request)));
  });

  router.put('/:id', (request, response) => {
    const before = organization(context, request);
    const input = parse(request.body);
    if (input.alias && input.alias !== before.alias) {
      throw badRequest('Cannot change the alias');
    }
    const row = unique(() => organizations.save({ ...before, ...input }));
    record(context, response, {
      resourceType: 'ORGANIZATION',
      operationType: 'UPDATE',
      resourcePath: `organizations/${row.id}`,
      representation: organizationRepresentation(row),
    });
    response.status(204).end();
  });

  router.delete('/:id', (request, response) => {
    const row = organization(context, request);
    context.realm.deleteOrganization(row);
    record(context, response, {
      resourceType: 'ORGANIZATION',
      operationType: 'DELETE',
      resourcePath: `organizations/${row.id}`,
    });
    response.status(204).end();
  });

  return router;
}

/** @throws AdminError 404 when there is no such organisation */
export function organization(
  { realm }: AdminContext,
  request: express.Request,
): OrganizationRow {
  const row = realm.organizations.get(request.params.id);
  if (row) return row;
  throw new AdminError(404, { errorMessage: 'Organization not found.' });
}

function parse(body: unknown) {
  const input = organizationSchema.safeParse(body);
  if (!input.success) throw badRequest(z.prettifyError(input.error));
  const { domains, ...rest } = input.data;
  const given = Object.entries(rest).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return {
    ...(Object.fromEntries(given) as { name: string } & Partial<
      Omit<OrganizationRow, 'id' | 'domains'>
    >),
    ...(domains && {
      domains: domains.map(({ name, verified }) => ({
        name: name.toLowerCase(),
        verified: verified ?? false,
      })),
    }),
  };
}

function unique<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw conflict(
      `A organization with the same ${error.index} already exists.`,
    );
  }
}
