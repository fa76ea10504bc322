import { AuditEvent } from '@formulary/plugin-provisioning-common';
import { mockServices } from '@backstage/backend-test-utils';
import { parse } from 'csv-parse/sync';
import { TestPlugin } from '../__testUtils__/TestPlugin';
import { EventStore } from '../database/EventStore';
import { EventRetention } from './EventRetention';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;

describe('the audit trail', () => {
  let plugin: TestPlugin;

  beforeAll(async () => {
    plugin = await TestPlugin.start();
  });
  afterAll(async () => {
    await plugin?.stop();
  });
  beforeEach(async () => {
    await plugin.reset();
  });

  async function addEvents(count: number) {
    const rows = Array.from({ length: count }, (_, index) => ({
      at: new Date(Date.now() - (count - index) * 1_000),
      type: index % 2 ? 'step.failed' : 'step.succeeded',
      actor: index % 3 ? 'provisioning' : 'user:default/priya',
      service: index % 2 ? 'gitea' : 'coder',
      message: `=message, "${index}"\nof two lines`,
      after: JSON.stringify({ index }),
    }));
    await plugin.knex.batchInsert('events', rows, 500);
  }

  const get = (query: string, username = 'priya') =>
    plugin.call('get', `/events${query}`, username);

  it('pages through all events, newest first, each once', async () => {
    await addEvents(120);
    const seen: AuditEvent[] = [];
    let after: string | undefined;
    do {
      const { body } = await get(`?limit=50${after ? `&after=${after}` : ''}`);
      seen.push(...body.items);
      after = body.next;
    } while (after);
    expect(seen).toHaveLength(120);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(120);
    expect(seen.map(({ id }) => Number(id))).toEqual(
      seen.map(({ id }) => Number(id)).sort((a, b) => b - a),
    );
    expect(seen[0]).toMatchObject({ after: { index: 119 } });
  });

  it.each([
    ['?actor=user:default/priya', 20],
    ['?actor=priya', 20],
    ['?service=gitea', 30],
    ['?type=step.failed&actor=provisioning', 20],
    ['?userRef=user:default/bob', 0],
    [`?to=${new Date(0).toISOString()}`, 0],
    [`?from=${new Date(0).toISOString()}`, 60],
  ])('finds with %s %d of 60 events', async (query, count) => {
    await addEvents(60);
    const { body } = await get(`${query}&limit=200`);
    expect(body.items).toHaveLength(count);
  });

  it('finds what was done for a person', async () => {
    const { body } = await plugin.call('post', '/me/runs', 'bob', {});
    await plugin.finished(body.run, 'bob');
    const found = await get('?userRef=User:default/Bob&limit=200');
    expect(found.body.items.length).toBe(await plugin.count('events'));
    expect(found.body.items.at(-1)).toMatchObject({
      type: 'run.created',
      userRef: 'user:default/bob',
      runId: body.run.id,
      actor: 'user:default/bob',
    });
  });

  it('exports what is in the table, as CSV and as JSON Lines', async () => {
    await addEvents(2_500);
    const rows = await plugin.knex('events').orderBy('id', 'desc');

    const csv = await get('/export?format=csv');
    expect(csv.status).toBe(200);
    const parsed: Record<string, string>[] = parse(csv.text, { columns: true });
    expect(
      parsed.map(({ id, type, message, after }) => [id, type, message, after]),
    ).toEqual(
      rows.map(({ id, type, message, after }) => [
        id,
        type,
        `'${message}`,
        JSON.stringify(after),
      ]),
    );

    const jsonl = await get('/export?format=jsonl')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', chunk => (text += chunk));
        response.on('end', () => done(null, text));
      });
    const events: AuditEvent[] = (jsonl.body as string)
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(
      events.map(({ id, at, message, after }) => [id, at, message, after]),
    ).toEqual(
      rows.map(({ id, at, message, after }) => [
        id,
        at.toISOString(),
        message,
        after,
      ]),
    );
    expect(plugin.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'events-export' }),
    );
  });

  it.each([
    '?limit=201',
    '?after=x',
    '?from=yesterday',
    '?colour=red',
    '/export?format=xml',
  ])('refuses %s', async query => {
    expect((await get(query)).status).toBe(400);
  });

  it('shows a developer nothing', async () => {
    expect((await get('', 'bob')).status).toBe(403);
    expect((await get('/export', 'bob')).status).toBe(403);
  });

  it('keeps no secret', async () => {
    await new EventStore(plugin.knex).add({
      type: 't',
      actor: 'a',
      message: 'm',
      after: { token: 'hunter2', state: 'active' },
    });
    const { text } = await get('/export?format=csv');
    expect(text).not.toContain('hunter2');
    expect(text).toContain('active');
  });

  it('deletes what was kept for long enough, and nothing else', async () => {
    await addEvents(3);
    await plugin.knex.batchInsert(
      'events',
      Array.from({ length: 5_001 }, () => ({
        at: new Date(Date.now() - 31 * DAY_MS),
        type: 'old',
        actor: 'a',
        message: 'm',
      })),
      1_000,
    );
    await new EventRetention(
      new EventStore(plugin.knex),
      30 * DAY_MS,
      mockServices.logger.mock(),
    ).run();
    expect(await plugin.count('events')).toBe(3);
  });
});
