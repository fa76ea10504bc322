import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { FakeCoder } from '../__testing__/FakeCoder';
import { createWorkspaceAction } from './createWorkspace';

type Action = ReturnType<typeof createWorkspaceAction>;
type Input = Parameters<Action['handler']>[0]['input'];

const wanted: Input = {
  owner: 'alice',
  template: 'fullstack-dev',
  name: 'web-shop',
  parameters: { git_repo: 'x' },
};

describe('coder:create-workspace', () => {
  let coder: FakeCoder;

  beforeEach(() => {
    coder = new FakeCoder();
  });

  async function run(input: Input = wanted, extra = {}) {
    const lines: string[] = [];
    const context = { ...createMockActionContext<Input>({ input }), ...extra };
    jest.spyOn(context.logger, 'info').mockImplementation(line => {
      lines.push(String(line));
    });
    await createWorkspaceAction(coder.client).handler(context);
    const output = Object.fromEntries((context.output as jest.Mock).mock.calls);
    return { output, log: lines.join('\n') };
  }

  it('creates the workspace, streams its log and gives its addresses', async () => {
    const { output, log } = await run();
    expect(output).toEqual({
      workspaceId: expect.any(String),
      workspaceUrl: 'https://coder.example.com/@alice/web-shop',
      appUrls: {
        'code-server':
          'https://coder.example.com/@alice/web-shop.main/apps/code-server',
      },
      buildId: expect.any(String),
      status: 'running',
      created: true,
    });
    expect(log).toContain('alice/web-shop is ready');
  });

  it('sends parameters as names and strings, and the schedule', async () => {
    await run({
      ...wanted,
      parameters: { git_repo: 'x', cpu: 4 },
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
      ],
      ttl_ms: 3_600_000,
      autostart_schedule: '30 8 * * 1-5',
      automatic_updates: 'always',
    });
  });

  it('lets a preset win over single values, as Coder does', async () => {
    await run({
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
  });

  it('makes nothing twice and says so', async () => {
    const first = await run();
    const changes = coder.changes.length;
    const second = await run();
    expect(second.output).toEqual({ ...first.output, created: false });
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
    coder.loseNextCreation = true;
    const { output } = await run();
    expect(output).toMatchObject({ status: 'running' });
    expect(coder.workspaces.size).toBe(1);
  });

  it.each([
    [
      'another template',
      { templateId: 't-other' },
      /made from the template "other"/,
    ],
    [
      'another value of what can not be changed',
      { parameters: { git_repo: 'y', cpu: '2' } },
      /git_repo is "y", not "x"/,
    ],
  ])(
    'refuses a workspace that is there with %s',
    async (_, existing, message) => {
      coder.add('web-shop', existing);
      await expect(run()).rejects.toThrow(message);
      expect(coder.changes).toEqual([]);
    },
  );

  it('leaves a workspace with another value of what can be changed as it is', async () => {
    coder.add('web-shop', { parameters: { git_repo: 'x', cpu: '8' } });
    const { output } = await run({
      ...wanted,
      parameters: { git_repo: 'x', cpu: 1 },
    });
    expect(output).toMatchObject({ created: false });
    expect(coder.changes).toEqual([]);
  });

  it.each([
    [{ parameters: {} }, /git_repo: a value is required/],
    [
      { parameters: { git_repo: 'x', cpu: 99 } },
      /cpu: 99 is more than the maximum 8/,
    ],
    [
      { parameters: { git_repo: 'x', ram: 1 } },
      /ram: the template has no such parameter. It has cpu, git_repo/,
    ],
    [{ template: 'nope' }, /no template "nope". It has fullstack-dev/],
    [{ preset: 'Huge' }, /no preset "Huge". It has Small/],
    [{ owner: 'bob' }, /no user "bob"/],
  ])('refuses %j before anything is made', async (change, message) => {
    await expect(run({ ...wanted, ...change })).rejects.toThrow(message);
    expect(coder.changes).toEqual([]);
  });

  it('fails with the words of the build and where its log is', async () => {
    coder.nextOutcome = 'failed';
    await expect(run()).rejects.toThrow(
      /out of quota.*https:\/\/coder\.example\.com\/@alice\/web-shop/,
    );
  });

  it('starts a workspace that was there but failed to build', async () => {
    coder.nextOutcome = 'failed';
    coder.add('web-shop');
    const { output } = await run();
    expect(output).toMatchObject({ status: 'running', created: false });
  });

  it('makes nothing in a dry run, yet checks the parameters', async () => {
    const { output } = await run(wanted, { isDryRun: true });
    expect(output).toMatchObject({
      workspaceUrl: 'https://coder.example.com/@alice/web-shop',
    });
    expect(coder.changes).toEqual([]);
    await expect(
      run({ ...wanted, parameters: {} }, { isDryRun: true }),
    ).rejects.toThrow(/git_repo/);
  });
});
