import { BulkJob } from '@formulary/plugin-provisioning-common';
import { eventually } from '../__testUtils__/eventually';
import { TestPlugin } from '../__testUtils__/TestPlugin';

jest.setTimeout(60_000);

describe('bulk onboarding of a group', () => {
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

  const preview = (body: object, username = 'priya') =>
    plugin.call('post', '/bulk/preview', username, body);

  it('previews its members and those of the groups right below it, each once', async () => {
    const { status, body } = await preview({ group: 'group:default/acme' });
    expect(status).toBe(200);
    // Of acme: bob and a stranger; of acme-leads: bob and carol; hugo is further below.
    expect(body).toEqual({
      lines: [
        {
          line: 1,
          given: 'user:default/bob',
          userRef: 'user:default/bob',
          verdict: 'onboard',
        },
        {
          line: 2,
          given: 'user:default/carol',
          userRef: 'user:default/carol',
          verdict: 'onboard',
        },
        expect.objectContaining({
          line: 3,
          given: 'user:default/nobody',
          verdict: 'refused',
        }),
      ],
      counts: { onboard: 2, unchanged: 0, suspended: 0, refused: 1 },
    });
    expect(await plugin.count('bulk_jobs')).toBe(0);
  });

  it('prepares everybody in it and reports as with a file', async () => {
    const { status, body } = await plugin.call('post', '/bulk', 'priya', {
      group: 'acme',
    });
    expect(status).toBe(201);
    const job = await eventually(async () => {
      const seen = await plugin.call('get', `/bulk/${body.id}`, 'priya');
      return seen.body.state === 'finished' && (seen.body as BulkJob);
    });
    expect(job).toMatchObject({
      totalLines: 3,
      counts: { succeeded: 2, refused: 1 },
    });
    expect([...plugin.gitea.accounts.keys()].sort()).toEqual([
      'id-bob',
      'id-carol',
    ]);
    const report = await plugin.call('get', `/bulk/${job.id}/report`, 'priya');
    expect(report.text).toMatch(
      /1,user:default\/bob,user:default\/bob,,succeeded,,/,
    );
  });

  it('is listed with files, newest first, a page at a time', async () => {
    const begin = async (body: object) =>
      (await plugin.call('post', '/bulk', 'priya', body)).body.id as string;
    const first = await begin({ group: 'acme-leads' });
    const second = await begin({ group: 'acme' });
    const list = await plugin.call('get', '/bulk?limit=1', 'priya');
    expect(list.body).toMatchObject({
      totalItems: 2,
      items: [
        {
          id: second,
          group: 'group:default/acme',
          requestedBy: 'user:default/priya',
          totalLines: 3,
        },
      ],
    });
    const rest = await plugin.call('get', '/bulk?limit=1&offset=1', 'priya');
    expect(rest.body.items).toMatchObject([{ id: first, totalLines: 3 }]);
    expect((await plugin.call('get', '/bulk?limit=101', 'priya')).status).toBe(
      400,
    );
    expect((await plugin.call('get', '/bulk', 'carol')).status).toBe(403);
  });

  it.each([
    ['a group that is not there', { group: 'group:default/gone' }, 404],
    ['a person', { group: 'user:default/bob' }, 404],
    ['a group without anybody', { group: 'group:default/empty' }, 400],
    ['words that are no ref', { group: 'group:' }, 400],
    ['a file and a group', { group: 'acme', csv: 'user\nbob' }, 400],
    ['neither file nor group', {}, 400],
  ])('refuses %s', async (_what, body, status) => {
    expect((await preview(body)).status).toBe(status);
  });

  it('refuses a developer', async () => {
    expect((await preview({ group: 'acme' }, 'carol')).status).toBe(403);
  });
});
