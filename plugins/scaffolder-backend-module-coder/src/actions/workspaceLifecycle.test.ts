import { accessOf } from '../__testUtils__/access';
import { FakeCoder } from '../__testUtils__/FakeCoder';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createDeleteWorkspaceAction } from './deleteWorkspace';
import { createStartWorkspaceAction } from './startWorkspace';
import { createStopWorkspaceAction } from './stopWorkspace';

const input = { owner: 'alice', name: 'web-shop' };
const cases = {
  start: createStartWorkspaceAction,
  stop: createStopWorkspaceAction,
  delete: createDeleteWorkspaceAction,
};
type Verb = keyof typeof cases;
const verbs: Verb[] = ['start', 'stop', 'delete'];

describe('start, stop and delete', () => {
  let coder: FakeCoder;

  beforeEach(() => {
    coder = new FakeCoder();
  });

  const run = (
    verb: Verb,
    options: Parameters<typeof attemptAction>[2] = {},
    given: typeof input & { workspaceId?: string } = input,
  ) =>
    attemptAction(
      cases[verb]({ client: coder.client, taskAccess: accessOf('alice') }),
      given,
      options,
    );

  it('starts a stopped workspace, once, and tells how to stop it again', async () => {
    coder.add('web-shop', { transition: 'stop' });
    expect((await run('start')).output).toMatchObject({
      status: 'running',
      changed: true,
      rollback: [{ action: 'coder:stop-workspace', input }],
    });
    expect((await run('start')).output).toMatchObject({
      status: 'running',
      changed: false,
      rollback: [],
    });
  });

  it('stops a running workspace, once, and tells how to start it again', async () => {
    coder.add('web-shop');
    expect((await run('stop')).output).toMatchObject({
      status: 'stopped',
      changed: true,
      rollback: [{ action: 'coder:start-workspace', input }],
    });
    expect((await run('stop')).output).toMatchObject({
      changed: false,
      rollback: [],
    });
  });

  it('deletes a workspace, and is content when there is none', async () => {
    coder.add('web-shop');
    expect((await run('delete')).output).toEqual({ deleted: true });
    expect(coder.workspaces.size).toBe(0);
    expect((await run('delete')).output).toEqual({ deleted: false });
  });

  it('deletes only the workspace of the id that is given', async () => {
    const { id } = coder.add('web-shop');
    const other = await run('delete', {}, { ...input, workspaceId: 'w0' });
    expect(other.error?.message).toContain('is another one than w0');
    expect(coder.changes).toEqual([]);
    const same = await run('delete', {}, { ...input, workspaceId: id });
    expect(same.output).toEqual({ deleted: true });
  });

  it.each([
    ['start', 'stop', { changed: true, status: 'running' }],
    ['stop', 'start', { changed: true, status: 'stopped' }],
    ['delete', 'start', { deleted: true }],
  ] as const)(
    'does not %s twice when the answer was lost and the task runs again',
    async (verb, state, expected) => {
      coder.add('web-shop', { transition: state });
      coder.loseNextAnswer = true;
      const checkpoints = new Map<string, unknown>();
      expect((await run(verb, { checkpoints })).error).toBeDefined();
      const { output } = await run(verb, { checkpoints });
      expect(output).toMatchObject(expected);
      expect(coder.changes).toHaveLength(1);
    },
  );

  it.each([
    ['start', 'stop', 'starting', 'Run the step again to go on with it'],
    ['stop', 'start', 'stopping', 'Run the step again to go on with it'],
    ['delete', 'start', 'deleting', 'It will be gone when that is done'],
  ] as const)(
    'says what goes on in Coder when a task is cancelled while it has to %s',
    async (verb, state, doing, next) => {
      coder.add('web-shop', { transition: state });
      coder.nextOutcome = 'running';
      const task = new AbortController();
      coder.onCall = call => {
        if (call.endsWith('/logs')) task.abort();
      };
      const { error, log } = await run(verb, { signal: task.signal });
      expect(error?.message).toContain(
        `The task was cancelled, while Coder goes on ${doing} the workspace alice/web-shop: https://coder.example.com/@alice/web-shop. ${next}`,
      );
      expect(log).toContain('The task was cancelled');
    },
  );

  it.each(['start', 'stop'] as const)(
    'to %s, names the workspace that is not there',
    async verb => {
      const { error } = await run(verb);
      expect(error?.message).toBe(
        'Coder has no workspace "web-shop" of "alice". Check both names',
      );
    },
  );

  it.each(verbs)(
    'refuses to %s the workspace of somebody else, in a dry run too',
    async verb => {
      coder.add('web-shop', { owner: 'bob' });
      for (const isDryRun of [true, false]) {
        const { error } = await run(
          verb,
          { isDryRun },
          { ...input, owner: 'bob' },
        );
        expect(error).toMatchObject({
          name: 'NotAllowedError',
          message: 'bob is not your account in Coder; yours is alice',
        });
      }
      expect(coder.changes).toEqual([]);
    },
  );

  it('starts nothing for a suspended user', async () => {
    coder.users.set('alice', 'suspended');
    coder.add('web-shop', { transition: 'stop' });
    const { error } = await run('start');
    expect(error?.message).toContain('"alice" is suspended');
    expect(coder.changes).toEqual([]);
  });

  it.each(verbs)('to %s, changes nothing in a dry run', async verb => {
    coder.add('web-shop', { transition: verb === 'start' ? 'stop' : 'start' });
    await run(verb, { isDryRun: true });
    expect(coder.changes).toEqual([]);
  });
});
