import {
  AuditEvent,
  auditExportQuerySchema,
  AuditFilter,
  auditQuerySchema,
  provisioningEventsReadPermission,
} from '@formulary/plugin-provisioning-common';
import { Request, Router } from 'express';
import { EventStore } from '../../database/EventStore';
import { audited } from '../audited';
import { csvRows } from '../csvRows';
import { RouterOptions } from '../RouterOptions';
import { sendPages } from '../sendPages';
import { validate } from '../validate';

const EXPORT_PAGE = 1_000;

const json = (value: unknown) =>
  value === undefined ? undefined : JSON.stringify(value);

const formats = {
  csv: {
    type: 'text/csv',
    head: csvRows([
      [
        'id',
        'at',
        'type',
        'actor',
        'user',
        'service',
        'run',
        'message',
        'before',
        'after',
      ],
    ]),
    page: (events: AuditEvent[]) =>
      csvRows(
        events.map(event => [
          event.id,
          event.at,
          event.type,
          event.actor,
          event.userRef,
          event.service,
          event.runId,
          event.message,
          json(event.before),
          json(event.after),
        ]),
      ),
  },
  jsonl: {
    type: 'application/jsonl',
    head: '',
    page: (events: AuditEvent[]) =>
      events.map(event => `${JSON.stringify(event)}\n`).join(''),
  },
};

/** The audit trail: who did what, to whom, when. */
export function addEventRoutes(
  router: Router,
  { access, auditor, database }: RouterOptions,
): void {
  router.get('/events', async (request, response) => {
    await demand(request);
    const { limit, after, ...filter } = validate(
      auditQuerySchema,
      request.query,
    );
    const items = await database.events.search(filter, {
      before: after,
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    response.json({
      items: page,
      next: items.length > limit ? page[page.length - 1].id : undefined,
    });
  });

  router.get('/events/export', async (request, response) => {
    await demand(request);
    const { format, ...filter } = validate(
      auditExportQuerySchema,
      request.query,
    );
    await audited(
      auditor,
      { eventId: 'events-export', request, meta: { format, ...filter } },
      () =>
        sendPages(
          response,
          { name: `events.${format}`, type: formats[format].type },
          exportOf(database.events, filter, format),
        ),
    );
  });

  async function demand(request: Request): Promise<void> {
    await access.demand(
      await access.caller(request),
      provisioningEventsReadPermission,
      'You may not see what others did',
    );
  }
}

async function* exportOf(
  events: EventStore,
  filter: AuditFilter,
  format: keyof typeof formats,
): AsyncGenerator<string> {
  yield formats[format].head;
  let before: string | undefined;
  for (;;) {
    const page = await events.search(filter, { before, limit: EXPORT_PAGE });
    if (page.length === 0) return;
    yield formats[format].page(page);
    before = page[page.length - 1].id;
  }
}
