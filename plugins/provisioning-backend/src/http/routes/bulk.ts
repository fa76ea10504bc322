import { NotFoundError } from '@backstage/errors';
import {
  bulkGroupRequestSchema,
  BulkJob,
  bulkLinesQuerySchema,
  pageQuerySchema,
  provisioningPersonsOnboardPermission,
} from '@formulary/plugin-provisioning-common';
import { NextFunction, Request, Response, Router } from 'express';
import { z } from 'zod';
import { BulkFileLine, readBulkFile } from '../../bulk/readBulkFile';
import { readBulkGroup } from '../../bulk/readBulkGroup';
import { ProvisioningDatabase } from '../../database/ProvisioningDatabase';
import { audited } from '../audited';
import { csvBody, csvOf } from '../csvBody';
import { csvRows } from '../csvRows';
import { RouterOptions } from '../RouterOptions';
import { sendPages } from '../sendPages';
import { validate } from '../validate';

const REPORT_PAGE = 1_000;

/** Bulk onboarding from CSV or a group of the catalog. */
export function addBulkRoutes(router: Router, options: RouterOptions): void {
  const { access, auditor, bulk, database, persons } = options;

  const demand = async (request: Request) => {
    const caller = await access.caller(request);
    await access.demand(
      caller,
      provisioningPersonsOnboardPermission,
      'You may not prepare accounts for others',
    );
    return caller;
  };
  /** Refuses before a file is read. */
  const allowed = async (request: Request, _: Response, next: NextFunction) => {
    await demand(request);
    next();
  };

  router.post('/bulk/preview', allowed, csvBody, async (request, response) => {
    const { lines } = await sourceOf(request);
    response.json(await bulk.plan.of(lines));
  });

  router.post('/bulk', allowed, csvBody, async (request, response) => {
    const { name } = await access.caller(request);
    const job = await audited(
      auditor,
      { eventId: 'bulk-onboard', request, meta: {} },
      async () => {
        const { lines, group } = await sourceOf(request);
        return bulk.start(lines, { requestedBy: name, group });
      },
    );
    response.status(201).json(job);
  });

  router.get('/bulk', allowed, async (request, response) => {
    const query = validate(pageQuerySchema, request.query);
    response.json(await database.bulk.listJobs(query));
  });

  router.get('/bulk/:id', async (request, response) => {
    response.json(await jobOf(request));
  });

  router.get('/bulk/:id/lines', async (request, response) => {
    const query = validate(bulkLinesQuerySchema, request.query);
    const { id } = await jobOf(request);
    response.json(await database.bulk.list(id, query));
  });

  router.get('/bulk/:id/report', async (request, response) => {
    const { id } = await jobOf(request);
    await sendPages(
      response,
      { name: `onboarding-${id}.csv`, type: 'text/csv' },
      reportOf(database, id),
    );
  });

  /** The lines of a file, or the people of a group and its ref. */
  async function sourceOf(
    request: Request,
  ): Promise<{ lines: BulkFileLine[]; group?: string }> {
    if (!request.is('application/json')) {
      return { lines: readBulkFile(csvOf(request)) };
    }
    const { group } = validate(bulkGroupRequestSchema, request.body);
    return readBulkGroup(persons.catalog, group);
  }

  async function jobOf(request: Request): Promise<BulkJob> {
    await demand(request);
    const { id } = request.params;
    const job = z.uuid().safeParse(id).success
      ? await database.bulk.find(id)
      : undefined;
    if (!job) throw new NotFoundError(`There is no bulk onboarding ${id}`);
    return job;
  }
}

async function* reportOf(
  database: ProvisioningDatabase,
  id: string,
): AsyncGenerator<string> {
  yield csvRows([
    ['line', 'given', 'user', 'services', 'state', 'message', 'run'],
  ]);
  let after = 0;
  for (;;) {
    const lines = await database.bulk.listAfter(id, {
      after,
      limit: REPORT_PAGE,
    });
    if (lines.length === 0) return;
    yield csvRows(
      lines.map(line => [
        line.line,
        line.given,
        line.userRef,
        line.services?.join(';'),
        line.state,
        line.message,
        line.runId,
      ]),
    );
    after = lines[lines.length - 1].line;
  }
}
