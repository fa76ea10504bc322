import {
  BULK_MAX_LINES,
  BulkJob,
  BulkLine,
} from '@formulary/plugin-provisioning-common';
import { eventually } from '../__testUtils__/eventually';
import { TestPlugin } from '../__testUtils__/TestPlugin';

jest.setTimeout(120_000);

describe('bulk onboarding', () => {
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

  const send = (path: string, csv: string | Buffer, username = 'priya') =>
    plugin
      .call('post', path, username)
      .set('Content-Type', 'text/csv')
      .send(csv);

  const finished = (id: string) =>
    eventually(async () => {
      const { body } = await plugin.call('get', `/bulk/${id}`, 'priya');
      return body.state === 'finished' && (body as BulkJob);
    });

  async function onboard(username: string) {
    const { body } = await plugin.call('post', '/persons', 'priya', {
      userRef: `user:default/${username}`,
    });
    return plugin.finished(body.run);
  }

  const MIXED = [
    '\ufeffuser,email,services',
    'bob,,',
    '"user:default/Carol",,gitea',
    ',priya@acme.example,',
    'USER:default/BOB,,',
    ',not-an-address,',
    ',nobody@acme.example,',
    'stranger,,',
    'hugo,,jira',
    ',,gitea',
    'group:default/acme,,',
    'user:,,',
    'hugo',
    'hugo,,gitea,coder',
  ].join('\r\n');

  it('says of every line what would be done, and changes nothing', async () => {
    await onboard('priya');
    const events = await plugin.count('events');
    const { status, body } = await send('/bulk/preview', MIXED);
    expect(status).toBe(200);
    expect(
      body.lines.map(
        ({ line, verdict, message }: BulkLine & { verdict: string }) => [
          line,
          verdict,
          message,
        ],
      ),
    ).toEqual([
      [2, 'onboard', undefined],
      [3, 'onboard', undefined],
      [4, 'unchanged', 'Has these accounts already'],
      [5, 'refused', 'The same person as on line 2'],
      [6, 'refused', '"not-an-address" is not an e-mail address'],
      [7, 'refused', 'Nobody with the address nobody@acme.example is known'],
      [8, 'refused', expect.stringContaining('user:default/stranger')],
      [9, 'refused', expect.stringContaining('"jira" is not set up')],
      [10, 'refused', expect.stringContaining('names nobody')],
      [11, 'refused', '"group:default/acme" is not a person'],
      [12, 'refused', expect.stringContaining('neither a username nor a ref')],
      [13, 'refused', 'The same person as on line 9'],
      [14, 'refused', 'The same person as on line 9'],
    ]);
    expect(body.counts).toEqual({
      onboard: 2,
      unchanged: 1,
      suspended: 0,
      refused: 10,
    });
    expect(await plugin.count('events')).toBe(events);
    expect(await plugin.count('bulk_jobs')).toBe(0);
    expect(await plugin.count('runs')).toBe(1);
  });

  it('prepares the accounts, answers for every line once, and tells the auditor', async () => {
    await onboard('priya');
    const { status, body } = await send('/bulk', MIXED);
    expect(status).toBe(201);
    const job = await finished(body.id);
    expect(job).toMatchObject({
      requestedBy: 'user:default/priya',
      totalLines: 13,
      counts: { waiting: 0, succeeded: 2, unchanged: 1, refused: 10 },
    });
    const { body: lines } = await plugin.call(
      'get',
      `/bulk/${job.id}/lines?state=succeeded`,
      'priya',
    );
    expect(lines).toMatchObject({
      totalItems: 2,
      items: [
        { line: 2, userRef: 'user:default/bob', runId: expect.any(String) },
        { line: 3, userRef: 'user:default/carol', services: ['gitea'] },
      ],
    });
    expect(plugin.gitea.accounts.size).toBe(3);
    expect(plugin.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'bulk-onboard' }),
    );
  });

  it('leaves those who are suspended as they are', async () => {
    await onboard('bob');
    await plugin.finished(
      (
        await plugin.call(
          'post',
          `/persons/${encodeURIComponent('user:default/bob')}/suspend`,
          'priya',
          { reason: 'On leave' },
        )
      ).body.run,
    );
    const { body } = await send('/bulk', 'email\nbob@acme.example\n');
    const job = await finished(body.id);
    expect(job.counts).toMatchObject({ suspended: 1, succeeded: 0 });
  });

  it('says of a line why the identity provider refuses, and goes on', async () => {
    plugin.keycloak.users.delete('id-bob');
    const { body } = await send('/bulk', 'user\nbob\ncarol\n');
    const job = await finished(body.id);
    expect(job.counts).toMatchObject({ refused: 1, succeeded: 1 });
    const report = await plugin.call('get', `/bulk/${job.id}/report`, 'priya');
    expect(report.headers['content-type']).toContain('text/csv');
    expect(report.text).toContain(
      '2,bob,user:default/bob,,refused,"user:default/bob does not exist at the identity provider any more',
    );
    expect(report.text).toMatch(
      /3,carol,user:default\/carol,,succeeded,,[0-9a-f-]{36}/,
    );
  });

  it('tries again what the identity provider could not answer', async () => {
    plugin.keycloak.down = true;
    const { body } = await send('/bulk', 'user\nbob\ncarol\n');
    const waiting = await eventually(async () => {
      const { body: lines } = await plugin.call(
        'get',
        `/bulk/${body.id}/lines`,
        'priya',
      );
      return lines.items[0].message && lines.items;
    });
    expect(waiting[0]).toMatchObject({ state: 'waiting' });
    plugin.keycloak.down = false;
    expect((await finished(body.id)).counts).toMatchObject({ succeeded: 2 });
  });

  it('lets no cell of the report be a formula', async () => {
    const { body } = await send(
      '/bulk',
      'user\n"=HYPERLINK(""http://x"")"\n+1\n-1\n@x\n',
    );
    const { text } = await plugin.call(
      'get',
      `/bulk/${body.id}/report`,
      'priya',
    );
    expect(text).toContain(`2,"'=HYPERLINK(""http://x"")",`);
    expect(text).toContain(`3,'+1,`);
    expect(text).toContain(`4,'-1,`);
    expect(text).toContain(`5,'@x,`);
  });

  it('answers for every one of 10,000 lines without holding much', async () => {
    const lines = Array.from({ length: BULK_MAX_LINES }, (_, index) => {
      if (index === 0) return 'bob,';
      if (index === 5_000) return ',carol@acme.example';
      if (index % 4 === 1) return 'BOB,';
      if (index % 4 === 2) return `,broken-${index}`;
      return `stranger-${index},`;
    });
    const before = process.memoryUsage().rss;
    const { status, body } = await send(
      '/bulk',
      `user,email\n${lines.join('\n')}`,
    );
    expect(status).toBe(201);
    const job = await finished(body.id);
    const grownMb = (process.memoryUsage().rss - before) / 1024 / 1024;
    expect(job.totalLines).toBe(BULK_MAX_LINES);
    expect(Object.values(job.counts).reduce((sum, n) => sum + n)).toBe(
      BULK_MAX_LINES,
    );
    const { text } = await plugin.call(
      'get',
      `/bulk/${job.id}/report`,
      'priya',
    );
    expect(text.trimEnd().split('\r\n')).toHaveLength(BULK_MAX_LINES + 1);
    expect(grownMb).toBeLessThan(150);
  });

  it('refuses too many lines and too large a file, and says how much is too much', async () => {
    const long = await send(
      '/bulk',
      `user\n${'bob\n'.repeat(BULK_MAX_LINES + 1)}`,
    );
    expect(long.status).toBe(400);
    expect(long.body.error.message).toContain('10000 is the most');
    const large = await send('/bulk', Buffer.alloc(2 * 1024 * 1024 + 1, 'x'));
    expect(large.status).toBe(413);
    expect(large.body.error.message).toContain('larger than 2 MB');
    const json = await plugin.call('post', '/bulk', 'priya', {});
    expect(json.status).toBe(400);
    expect(json.body.error.message).toContain('text/csv');
    expect(await plugin.count('bulk_jobs')).toBe(0);
  });

  it('refuses a developer everywhere, and knows no other ids', async () => {
    const { body } = await send('/bulk', 'user\nbob\n');
    await finished(body.id);
    const answers = await Promise.all([
      send('/bulk/preview', 'user\nbob\n', 'carol'),
      send('/bulk', 'user\nbob\n', 'carol'),
      plugin.call('get', `/bulk/${body.id}`, 'carol'),
      plugin.call('get', `/bulk/${body.id}/lines`, 'carol'),
      plugin.call('get', `/bulk/${body.id}/report`, 'carol'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      403, 403, 403, 403, 403,
    ]);
    expect(await plugin.count('bulk_jobs')).toBe(1);
    expect((await plugin.call('get', '/bulk/x', 'priya')).status).toBe(404);
  });
});
