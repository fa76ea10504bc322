import {
  BulkJob,
  BulkLine,
  BulkPreviewLine,
} from '@formulary/plugin-provisioning-common';
import { eventually } from '../__testUtils__/eventually';
import { TestPlugin } from '../__testUtils__/TestPlugin';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';

jest.setTimeout(120_000);

describe('bulk operations', () => {
  let plugin: TestPlugin;

  beforeAll(async () => {
    plugin = await TestPlugin.start(undefined, undefined, {
      grants: {
        'user:default/carol': ['provisioning.persons.onboard'],
        'user:default/hugo': ['provisioning.persons.offboard'],
      },
    });
  });
  afterAll(async () => {
    await plugin?.stop();
  });
  beforeEach(async () => {
    await plugin.reset();
  });

  const send = (path: string, csv: string, username = 'priya') =>
    plugin
      .call('post', path, username)
      .set('Content-Type', 'text/csv')
      .send(csv);

  const chosen = (path: string, persons: string[], username = 'priya') =>
    plugin.call('post', path, username, { persons });

  const finished = (id: string, username = 'priya') =>
    eventually(async () => {
      const { body } = await plugin.call('get', `/bulk/${id}`, username);
      return body.state === 'finished' && (body as BulkJob);
    });

  async function done(path: string, persons: string[]): Promise<BulkJob> {
    const { status, body } = await chosen(path, persons);
    expect([status, body.error]).toEqual([201, undefined]);
    return finished(body.id);
  }

  async function linesOf(id: string): Promise<BulkLine[]> {
    const { body } = await plugin.call('get', `/bulk/${id}/lines`, 'priya');
    return body.items;
  }

  async function onboard(...usernames: string[]) {
    const job = await done('/bulk', usernames);
    expect(job.counts.succeeded).toBe(usernames.length);
  }

  async function stateOf(username: string) {
    const { body } = await plugin.call(
      'get',
      `/persons/${encodeURIComponent(`user:default/${username}`)}`,
      'priya',
    );
    return [body.lifecycle.state, body.accounts[0]?.state];
  }

  const verdicts = (lines: BulkPreviewLine[]) =>
    lines.map(({ line, verdict, message }) => [line, verdict, message]);

  const MIXED = [
    '\ufeffuser,email',
    'bob,',
    '"USER:default/Bob",',
    ',CAROL@acme.example',
    'hugo@acme.example,',
    'priya,',
    'stranger,',
    ',nobody@acme.example',
    '"o""brien, bob",',
    'carol',
  ].join('\r\n');

  it('say of every line whom a suspension would hit, in which services, and change nothing', async () => {
    await onboard('bob', 'carol', 'priya');
    await done('/bulk?operation=suspend&reason=Leave', ['carol']);
    const events = await plugin.count('events');
    const { status, body } = await send(
      '/bulk/preview?operation=suspend',
      MIXED,
    );
    expect(status).toBe(200);
    expect(verdicts(body.lines)).toEqual([
      [2, 'suspend', undefined],
      [3, 'refused', 'The same person as on line 2'],
      [4, 'unchanged', expect.stringContaining('already (Leave)')],
      [5, 'refused', expect.stringContaining('hugo@acme.example is known')],
      [6, 'refused', expect.stringContaining('your own accounts')],
      [7, 'refused', expect.stringContaining('user:default/stranger')],
      [8, 'refused', expect.stringContaining('nobody@acme.example')],
      [9, 'refused', expect.stringContaining('is known')],
      [10, 'refused', 'The same person as on line 4'],
    ]);
    expect(body.lines[0].accounts).toEqual(['gitea']);
    expect(body.counts).toEqual({
      suspend: 1,
      unchanged: 1,
      suspended: 0,
      refused: 7,
    });
    expect(await plugin.count('events')).toBe(events);
    expect(await stateOf('bob')).toEqual(['active', 'active']);
  });

  it('suspend, restore, suspend and remove, each with a run for each and the reason', async () => {
    await onboard('bob', 'carol');
    const both = ['bob', 'user:default/carol'];
    const suspended = await done(
      '/bulk?operation=suspend&reason=Contract%20ended',
      both,
    );
    expect(suspended).toMatchObject({
      operation: 'suspend',
      source: 'persons',
      reason: 'Contract ended',
      counts: { succeeded: 2, refused: 0 },
    });
    expect(await stateOf('bob')).toEqual(['suspended', 'suspended']);
    const [{ runId }] = await linesOf(suspended.id);
    const run = await plugin.call('get', `/runs/${runId}`, 'priya');
    expect(run.body).toMatchObject({
      kind: 'suspend',
      message: 'Contract ended',
      requestedBy: 'user:default/priya',
    });

    const restored = await done('/bulk?operation=restore', both);
    expect(restored.counts).toMatchObject({ succeeded: 2 });
    expect(await stateOf('carol')).toEqual(['active', 'active']);

    await done('/bulk?operation=suspend&reason=Left', both);
    const removed = await done(
      '/bulk?operation=remove&reason=Left&confirm=2',
      both,
    );
    expect(removed.counts).toMatchObject({ succeeded: 2 });
    expect(await stateOf('bob')).toEqual(['removed', 'removed']);
    expect(plugin.gitea.accounts.size).toBe(0);
    const events = await plugin.call(
      'get',
      '/events?type=bulk.created',
      'priya',
    );
    expect(events.body.items[0]).toMatchObject({
      actor: 'user:default/priya',
      after: expect.objectContaining({ operation: 'remove', reason: 'Left' }),
    });
    expect(plugin.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'bulk-remove' }),
    );
  });

  it('bring accounts up to date that are there, and only those', async () => {
    await onboard('bob', 'carol');
    await done('/bulk?operation=suspend&reason=Leave', ['carol']);
    plugin.gitea.accounts.get('id-bob')!.email = 'old@acme.example';
    const job = await done('/bulk?operation=update', ['bob', 'carol', 'hugo']);
    expect(await linesOf(job.id)).toMatchObject([
      { userRef: 'user:default/bob', state: 'succeeded' },
      { userRef: 'user:default/carol', state: 'suspended' },
      {
        userRef: 'user:default/hugo',
        state: 'refused',
        message: expect.stringContaining('made no accounts'),
      },
    ]);
    expect(plugin.gitea.accounts.get('id-bob')?.email).toBe('bob@acme.example');
    expect(plugin.gitea.accounts.size).toBe(2);
  });

  it('remove nobody who is not suspended, and restore nobody who is not, or is gone for good', async () => {
    await onboard('bob', 'carol');
    await done('/bulk?operation=suspend&reason=Left', ['carol']);
    await done('/bulk?operation=remove&reason=Left&confirm=1', ['carol']);
    const preview = async (operation: string) =>
      (
        await chosen(`/bulk/preview?operation=${operation}`, ['bob', 'carol'])
      ).body.lines.map(({ verdict }: BulkPreviewLine) => verdict);
    expect(await preview('remove')).toEqual(['refused', 'unchanged']);
    expect(await preview('restore')).toEqual(['unchanged', 'refused']);
    expect(await preview('suspend')).toEqual(['suspend', 'unchanged']);
  });

  it('begin no removal of another number of people than was confirmed', async () => {
    await onboard('bob', 'carol');
    await done('/bulk?operation=suspend&reason=Left', ['bob', 'carol']);
    const path = '/bulk?operation=remove&reason=Left';
    const persons = ['bob', 'carol'];
    const unconfirmed = await chosen(path, persons);
    expect(unconfirmed.status).toBe(400);
    expect(unconfirmed.body.error.message).toContain('cannot be undone');
    const wrong = await chosen(`${path}&confirm=1`, persons);
    expect(wrong.status).toBe(409);
    expect(wrong.body.error.message).toContain(
      'You confirmed to remove 1, but by now it would be 2',
    );
    expect(plugin.gitea.accounts.size).toBe(2);
    expect(await plugin.count('bulk_jobs')).toBe(2);
  });

  it.each([
    ['an operation that there is not', 'delete', 'operation'],
    ['a suspension without a reason', 'suspend', 'Say why'],
    ['a blank reason', 'suspend&reason=%20', 'reason'],
    ['a reason for nothing grave', 'restore&reason=Back', 'Say why'],
    ['something else', 'restore&force=true', 'force'],
  ])('refuse %s', async (_what, query, message) => {
    await onboard('bob');
    const { status, body } = await chosen(`/bulk?operation=${query}`, ['bob']);
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
    expect(await stateOf('bob')).toEqual(['active', 'active']);
  });

  it('refuse too many people one by one, none, and services that cannot be chosen', async () => {
    const path = '/bulk/preview?operation=suspend';
    const many = await chosen(path, Array(201).fill('bob'));
    expect(many.status).toBe(400);
    expect(many.body.error.message).toContain('at most 200');
    expect((await chosen(path, [])).status).toBe(400);
    const { body } = await send(path, 'user,services\nbob,gitea\n');
    expect(body.lines[0]).toMatchObject({
      verdict: 'refused',
      message: expect.stringContaining('suspended in all of them'),
    });
  });

  it('suspend no one anew who was suspended while they waited, and say so', async () => {
    await onboard('bob', 'carol');
    const database = await ProvisioningDatabase.create(plugin.knex, {
      skipMigrations: true,
    });
    const id = await database.bulk.create(
      {
        operation: 'suspend',
        reason: 'By the file',
        source: 'persons',
        requestedBy: 'user:default/priya',
      },
      ['bob', 'carol'].map((given, index) => ({
        line: index + 1,
        given,
        userRef: `user:default/${given}`,
        verdict: 'suspend' as const,
      })),
    );
    await done('/bulk?operation=suspend&reason=On%20leave', ['carol']);
    await database.jobs.add({
      task: 'bulk',
      payload: { jobId: id },
      key: `bulk:${id}`,
    });
    const { counts } = await finished(id);
    expect(counts).toMatchObject({ succeeded: 1, refused: 1 });
    const { body } = await plugin.call(
      'get',
      `/persons/${encodeURIComponent('user:default/carol')}`,
      'priya',
    );
    expect(body.lifecycle.reason).toBe('On leave');
  });

  it('want the permission of what is to be done, and show nobody the jobs of another kind', async () => {
    await onboard('bob');
    const suspend = await done('/bulk?operation=suspend&reason=Left', ['bob']);
    const onboarding = await done('/bulk', ['carol']);
    const statusOf = async (username: string, path: string) =>
      (await plugin.call('get', path, username)).status;
    const tryAll = async (username: string, persons: string[]) => {
      const answers = await Promise.all(
        [
          '/bulk/preview?operation=suspend',
          '/bulk?operation=suspend&reason=x',
          '/bulk?operation=remove&reason=x&confirm=1',
          '/bulk?operation=restore',
        ].map(path => chosen(path, persons, username)),
      );
      return answers.map(({ status, body }) => [status, body.error?.message]);
    };
    // Carol may onboard: whom she names makes no difference to what she is told.
    const known = await tryAll('carol', ['bob']);
    expect(known.map(([status]) => status)).toEqual([403, 403, 403, 403]);
    expect(await tryAll('carol', ['stranger'])).toEqual(known);
    expect(
      (await chosen('/bulk/preview', ['bob'], 'hugo')).body.error.message,
    ).toContain('provisioning.persons.onboard');

    expect(await statusOf('carol', `/bulk/${onboarding.id}`)).toBe(200);
    expect(await statusOf('hugo', `/bulk/${suspend.id}`)).toBe(200);
    for (const [username, { id }] of [
      ['carol', suspend],
      ['hugo', onboarding],
    ] as const) {
      for (const part of ['', '/lines', '/report']) {
        const other = `/bulk/${id}${part}`;
        expect(await statusOf(username, other)).toBe(404);
      }
    }
    const list = await plugin.call('get', '/bulk', 'hugo');
    expect(list.body).toMatchObject({
      totalItems: 1,
      items: [{ operation: 'suspend' }],
    });
    expect(await statusOf('bob', '/bulk')).toBe(403);
    expect(await statusOf('bob', `/bulk/${suspend.id}`)).toBe(403);
  });
});
