import { accessOf, hiding } from '../__testUtils__/access';
import { FakeCoder } from '../__testUtils__/FakeCoder';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateWorkspaceAction } from './createWorkspace';

type Action = ReturnType<typeof createCreateWorkspaceAction>;
type Input = Parameters<Action['handler']>[0]['input'];

const wanted: Input = {
  owner: 'alice',
  template: 'fullstack-dev',
  name: 'web-shop',
  parameters: { git_repo: 'x' },
};
const key = 'coder.create-workspace.alice.web-shop';

describe('coder:create-workspace', () => {
  let coder: FakeCoder;

  beforeEach(() => {
    coder = new FakeCoder();
  });

  const action = (taskAccess = accessOf('alice')) =>
    createCreateWorkspaceAction({
      client: coder.client,
      taskAccess,
      templates: hiding(),
    });

  async function run(
    input: Input = wanted,
    options?: Parameters<typeof attemptAction>[2],
  ) {
    const result = await attemptAction(action(), input, options);
    if (result.error) throw result.error;
    return result;
  }

  it('creates the workspace, streams its log and tells all about it', async () => {
    const { output, log } = await run();
    expect(output).toEqual({
      workspaceId: 'w1',
      workspaceUrl: 'https://coder.example.com/@alice/web-shop',
      appUrls: {
        'code-server':
          'https://coder.example.com/@alice/web-shop.main/apps/code-server',
      },
      buildId: expect.any(String),
      status: 'running',
      created: true,
      rollback: [
        {
          service: 'coder',
          description: 'Delete the workspace alice/web-shop',
          action: 'coder:delete-workspace',
          input: { owner: 'alice', name: 'web-shop', workspaceId: 'w1' },
        },
      ],
    });
    expect(log).toContain('Apply complete!');
    expect(log).toContain('alice/web-shop is ready');
  });

  it('sends parameters as names and strings, and the schedule', async () => {
    await run({
      ...wanted,
      parameters: { git_repo: 'x', cpu: 4, debug: true, tools: ['go'] },
      ttlMs: 3_600_000,
      autostartSchedule: '30 8 * * 1-5',
      automaticUpdates: 'always',
      wait: false,
    });
    expect([...coder.workspaces.values()][0].body).toMatchObject({
      template_id: 't-fullstack-dev',
      rich_parameter_values: [
        { name: 'git_repo', value: 'x' },
        { name: 'cpu', value: '4' },
        { name: 'debug', value: 'true' },
        { name: 'tools', value: '["go"]' },
      ],
      ttl_ms: 3_600_000,
      autostart_schedule: '30 8 * * 1-5',
      automatic_updates: 'always',
    });
  });

  it('lets a preset win over single values, as Coder does, and says so', async () => {
    const { log } = await run({
      ...wanted,
      preset: 'Small',
      parameters: { git_repo: 'x', cpu: 4 },
    });
    expect([...coder.workspaces.values()][0].body).toMatchObject({
      template_version_preset_id: 'p1',
      rich_parameter_values: [
        { name: 'git_repo', value: 'x' },
        { name: 'cpu', value: '1' },
      ],
    });
    expect(log).toContain(
      'The preset "Small" sets cpu to "1", so "4" is not used',
    );
  });

  it('makes nothing twice, says so and undoes nothing', async () => {
    const first = await run();
    const changes = coder.changes.length;
    const second = await run();
    expect(second.output).toEqual({
      ...first.output,
      created: false,
      rollback: [],
    });
    expect(second.log).toContain('was there already and was left as it is');
    expect(coder.changes).toHaveLength(changes);
  });

  it('starts a workspace that was there but stopped', async () => {
    coder.add('web-shop', { transition: 'stop' });
    const { output } = await run();
    expect(output).toMatchObject({ status: 'running', created: false });
    expect(coder.changes).toEqual([expect.stringMatching(/builds$/)]);
  });

  it('finds the workspace whose creation was answered with a broken connection', async () => {
    coder.loseNextAnswer = true;
    const { output } = await run();
    expect(output).toMatchObject({ status: 'running', created: true });
    expect(coder.workspaces.size).toBe(1);
  });

  it('creates once when the process died after the create, and still undoes it', async () => {
    const checkpoints = new Map<string, unknown>();
    await expect(run(wanted, { checkpoints, dieAfter: key })).rejects.toThrow(
      'died',
    );
    const { output } = await run(wanted, { checkpoints });
    expect(output).toMatchObject({
      created: true,
      rollback: [{ action: 'coder:delete-workspace' }],
    });
    expect(coder.changes).toEqual(['POST /users/alice/workspaces']);
  });

  it('starts the workspace again when the task is retried after its build failed', async () => {
    const checkpoints = new Map<string, unknown>();
    coder.nextOutcome = 'failed';
    await expect(run(wanted, { checkpoints })).rejects.toThrow('out of quota');
    const { output } = await run(wanted, { checkpoints });
    expect(output).toMatchObject({ status: 'running', created: true });
    expect(coder.workspaces.size).toBe(1);
  });

  it('says so when the workspace was deleted before the task is retried', async () => {
    const checkpoints = new Map<string, unknown>();
    await run(wanted, { checkpoints });
    coder.workspaces.clear();
    await expect(run(wanted, { checkpoints })).rejects.toThrow(
      'it was deleted since. Start a new run',
    );
  });

  it('says what stays when the build fails, where its log is, and puts out what it can', async () => {
    coder.nextOutcome = 'failed';
    const { error, output, log } = await attemptAction(action(), wanted);
    expect(error?.message).toMatch(
      /alice\/web-shop was created in Coder and stays there, but is not ready.*coder:delete-workspace.*out of quota.*https:\/\/coder\.example\.com\/@alice\/web-shop/s,
    );
    expect(log).toContain('was created in Coder and stays there');
    expect(output).toMatchObject({
      workspaceId: 'w1',
      created: true,
      rollback: [{ action: 'coder:delete-workspace' }],
    });
  });

  it('starts a workspace that was there but failed to build', async () => {
    coder.nextOutcome = 'failed';
    coder.add('web-shop');
    const { output } = await run();
    expect(output).toMatchObject({ status: 'running', created: false });
  });

  it('stops waiting as soon as the task is cancelled, and says what goes on', async () => {
    coder.nextOutcome = 'running';
    const task = new AbortController();
    coder.onCall = call => {
      if (call.endsWith('/logs')) task.abort();
    };
    const { error, log, output } = await attemptAction(action(), wanted, {
      signal: task.signal,
    });
    const left =
      'The task was cancelled, while Coder goes on starting the workspace alice/web-shop: https://coder.example.com/@alice/web-shop. Run the step again to go on with it, or remove it with coder:delete-workspace';
    expect(error?.message).toBe(left);
    expect(log).toContain(left);
    expect(output).toMatchObject({ created: true, workspaceId: 'w1' });
  });

  it('makes nothing in a dry run, yet checks everything', async () => {
    const { output } = await run(wanted, { isDryRun: true });
    expect(output).toMatchObject({
      workspaceUrl: 'https://coder.example.com/@alice/web-shop',
      rollback: [],
    });
    expect(coder.changes).toEqual([]);
    await expect(
      run({ ...wanted, parameters: {} }, { isDryRun: true }),
    ).rejects.toThrow(/git_repo/);
  });

  describe('for somebody else', () => {
    it.each([true, false])(
      'is refused before anything is looked at; dry run: %s',
      async isDryRun => {
        const calls: string[] = [];
        coder.onCall = call => calls.push(call);
        const { error } = await attemptAction(
          action(),
          { ...wanted, owner: 'bob' },
          { isDryRun },
        );
        expect(error).toMatchObject({
          name: 'NotAllowedError',
          message: 'bob is not your account in Coder; yours is alice',
        });
        expect(calls).toEqual([]);
      },
    );

    it('works for who may manage resources', async () => {
      const { output } = await attemptAction(action(accessOf('alice', true)), {
        ...wanted,
        owner: 'bob',
      });
      expect(output).toMatchObject({
        workspaceUrl: 'https://coder.example.com/@bob/web-shop',
      });
    });
  });
});
