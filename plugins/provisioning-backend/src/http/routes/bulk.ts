import { NotFoundError } from '@backstage/errors';
import { BasicPermission } from '@backstage/plugin-permission-common';
import {
  bulkGroupRequestSchema,
  BulkJob,
  bulkLinesQuerySchema,
  BulkOperation,
  bulkOperationSchema,
  bulkPersonsRequestSchema,
  bulkPreviewQuerySchema,
  bulkStartQuerySchema,
  pageQuerySchema,
  provisioningPersonsOffboardPermission,
  provisioningPersonsOnboardPermission,
} from '@formulary/plugin-provisioning-common';
import { NextFunction, Request, Response, Router } from 'express';
import { z } from 'zod';
import { BulkFileLine, readBulkFile } from '../../bulk/readBulkFile';
import { readBulkGroup } from '../../bulk/readBulkGroup';
import { readBulkPersons } from '../../bulk/readBulkPersons';
import { NewBulkJob } from '../../database/BulkStore';
import { ProvisioningDatabase } from '../../database/ProvisioningDatabase';
import { Caller } from '../Access';
import { audited } from '../audited';
import { csvBody, csvOf } from '../csvBody';
import { csvRows } from '../csvRows';
import { RouterOptions } from '../RouterOptions';
import { sendPages } from '../sendPages';
import { validate } from '../validate';

const REPORT_PAGE = 1_000;

/** What is checked before a file is read. */
const operationQuerySchema = z.object(bulkPreviewQuerySchema.shape);

/** Which permission an operation takes, and what is said to whom it lacks. */
const DEMANDS: Record<
  BulkOperation,
  { permission: BasicPermission; refusal: string }
> = {
  onboard: onboarding('prepare'),
  update: onboarding('bring up to date'),
  suspend: offboarding('suspend'),
  restore: offboarding('restore'),
  remove: offboarding('remove'),
};

/** What is done for many people at once: those of a CSV file, of a group of the catalog, or chosen one by one. */
export function addBulkRoutes(router: Router, options: RouterOptions): void {
  const { access, auditor, bulk, database, persons } = options;

  const demand = async (caller: Caller, operation: BulkOperation) => {
    const { permission, refusal } = DEMANDS[operation];
    await access.demand(caller, permission, refusal);
  };
  /** Refuses before a file is read. */
  const allowed = async (request: Request, _: Response, next: NextFunction) => {
    const { operation } = validate(operationQuerySchema, request.query);
    await demand(await access.caller(request), operation);
    next();
  };

  router.post('/bulk/preview', allowed, csvBody, async (request, response) => {
    const { operation } = validate(bulkPreviewQuerySchema, request.query);
    const { userRef } = await access.caller(request);
    const { lines } = await sourceOf(request);
    response.json(await bulk.plan.of(lines, { operation, callerRef: userRef }));
  });

  router.post('/bulk', allowed, csvBody, async (request, response) => {
    const { name, userRef } = await access.caller(request);
    const { operation } = validate(operationQuerySchema, request.query);
    const job = await audited(
      auditor,
      { eventId: `bulk-${operation}`, request, meta: { operation } },
      async () => {
        const wanted = validate(bulkStartQuerySchema, request.query);
        const { lines, ...from } = await sourceOf(request);
        return bulk.start(lines, {
          ...wanted,
          ...from,
          requestedBy: name,
          callerRef: userRef,
        });
      },
    );
    response.status(201).json(job);
  });

  router.get('/bulk', async (request, response) => {
    const query = validate(pageQuerySchema, request.query);
    const operations = await operationsOf(request);
    response.json(await database.bulk.listJobs(operations, query));
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
    const { id, operation } = await jobOf(request);
    await sendPages(
      response,
      { name: `${operation}-${id}.csv`, type: 'text/csv' },
      reportOf(database, id),
    );
  });

  /** People of a file, a group or a list, and which of them it is. */
  async function sourceOf(
    request: Request,
  ): Promise<{ lines: BulkFileLine[] } & Pick<NewBulkJob, 'source' | 'group'>> {
    const { body } = request;
    if (!request.is('application/json')) {
      return { source: 'file', lines: readBulkFile(csvOf(request)) };
    }
    if (typeof body === 'object' && body !== null && 'persons' in body) {
      const chosen = validate(bulkPersonsRequestSchema, body);
      return { source: 'persons', lines: readBulkPersons(chosen.persons) };
    }
    const { group } = validate(bulkGroupRequestSchema, body);
    return {
      source: 'group',
      ...(await readBulkGroup(persons.catalog, group)),
    };
  }

  /** What the caller may ask for. */
  async function operationsOf(request: Request): Promise<BulkOperation[]> {
    const caller = await access.caller(request);
    const all = bulkOperationSchema.options;
    const permissions = new Set(all.map(each => DEMANDS[each].permission));
    const granted = new Map<BasicPermission, boolean>();
    for (const permission of permissions) {
      granted.set(permission, await access.may(caller, permission));
    }
    const operations = all.filter(each =>
      granted.get(DEMANDS[each].permission),
    );
    if (operations.length === 0) await demand(caller, 'onboard');
    return operations;
  }

  /** A job that the caller might have asked for; any other is answered for as one that does not exist. */
  async function jobOf(request: Request): Promise<BulkJob> {
    const operations = await operationsOf(request);
    const { id } = request.params;
    const job = z.uuid().safeParse(id).success
      ? await database.bulk.find(id)
      : undefined;
    if (!job || !operations.includes(job.operation)) {
      throw new NotFoundError(`There is no bulk job ${id}`);
    }
    return job;
  }
}

function onboarding(what: string) {
  return {
    permission: provisioningPersonsOnboardPermission,
    refusal: `You may not ${what} accounts for others`,
  };
}

function offboarding(what: string) {
  return {
    permission: provisioningPersonsOffboardPermission,
    refusal: `You may not ${what} people's accounts`,
  };
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
