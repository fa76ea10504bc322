import { createMockDirectory } from '@backstage/backend-test-utils';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { parse } from 'yaml';
import { accessOf } from '../__testUtils__/access';
import { FakeGitea } from '../__testUtils__/FakeGitea';
import { attemptAction } from '@formulary/scaffolder-actions-test-utils';
import { createCreateRepositoryAction } from './createRepository';
import { createRepositoryExamples } from './createRepository.examples';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  initRepoAndPush: jest.fn(),
}));

const orbit = { owner: 'alice', name: 'orbit' };
const ofAcme = { owner: 'acme', name: 'orbit' };

describe('gitea:create-repository', () => {
  const gitea = new FakeGitea();
  const push = jest.mocked(initRepoAndPush);
  let client: GiteaClient;

  beforeAll(async () => {
    client = await gitea.start();
  });

  afterAll(() => gitea.stop());

  beforeEach(() => {
    gitea.reset();
    push.mockReset();
    push.mockImplementation(async ({ remoteUrl, defaultBranch }) => {
      const path = new URL(remoteUrl).pathname.slice(1, -4);
      gitea.repositories.get(path)!.branches[defaultBranch!] = 'c0ffee';
      return { commitHash: 'c0ffee' };
    });
  });

  const workspace = createMockDirectory();

  function attempt(
    input: Parameters<typeof attemptAction>[1],
    options: Parameters<typeof attemptAction>[2] = {},
    taskAccess = accessOf('alice'),
  ) {
    workspace.setContent({
      'README.md': '# Orbit',
      docs: { 'index.md': '# Docs' },
    });
    return attemptAction(
      createCreateRepositoryAction({ client, taskAccess }),
      input,
      { workspacePath: workspace.path, ...options },
    );
  }

  async function run(...given: Parameters<typeof attempt>) {
    const { error, output } = await attempt(...given);
    if (error) throw error;
    return output;
  }

  it('creates a private repository of a user and pushes the files', async () => {
    await expect(run(orbit)).resolves.toEqual({
      remoteUrl: `${client.baseUrl}/alice/orbit.git`,
      repoContentsUrl: `${client.baseUrl}/alice/orbit/src/branch/main/`,
      repositoryUrl: `${client.baseUrl}/alice/orbit`,
      commitHash: 'c0ffee',
      created: true,
      rollback: [
        {
          service: 'gitea',
          description: 'Delete the repository alice/orbit',
          action: 'gitea:delete-repository',
          input: { owner: 'alice', name: 'orbit', onlyAtCommit: 'c0ffee' },
        },
      ],
    });
    expect(gitea.repositories.get('alice/orbit')).toMatchObject({
      private: true,
    });
    expect(push).toHaveBeenCalledWith(
      expect.objectContaining({
        auth: { username: 'bot', password: 'a-token' },
        defaultBranch: 'main',
        dir: workspace.path,
        remoteUrl: `${client.baseUrl}/alice/orbit.git`,
      }),
    );
  });

  it('changes nothing the second time, says so and undoes nothing', async () => {
    await run(orbit);
    push.mockClear();
    gitea.calls.length = 0;
    const { output, log } = await attempt(orbit);
    expect(output).toMatchObject({
      commitHash: 'c0ffee',
      created: false,
      rollback: [],
    });
    expect(log.split('\n')).toEqual([
      'alice/orbit was there already',
      'The branch main of alice/orbit has commits already, so its files were left as they are',
    ]);
    expect(push).not.toHaveBeenCalled();
    expect(gitea.changes).toEqual([]);
  });

  it('pushes to an empty repository, and does not undo what it did not make', async () => {
    gitea.add('alice/orbit');
    await expect(run(orbit)).resolves.toMatchObject({
      created: true,
      rollback: [],
    });
    expect(push).toHaveBeenCalledTimes(1);
  });

  it('goes on when the answer to the create is lost', async () => {
    gitea.failures = [
      { line: 'POST /admin/users/alice/repos', status: 502, after: true },
    ];
    await expect(run(orbit)).resolves.toMatchObject({ created: true });
    expect(gitea.changes).toHaveLength(1);
  });

  it.each([
    ['create', 'gitea.create-repository.alice/orbit'],
    ['push', 'gitea.push-files.alice/orbit'],
  ])(
    'does nothing twice when the process died after the %s, and still undoes it',
    async (_, dieAfter) => {
      const checkpoints = new Map<string, unknown>();
      const first = await attempt(orbit, { checkpoints, dieAfter });
      expect(first.error?.message).toContain('the process died');
      await expect(run(orbit, { checkpoints })).resolves.toMatchObject({
        commitHash: 'c0ffee',
        created: true,
        rollback: [{ input: { ...orbit, onlyAtCommit: 'c0ffee' } }],
      });
      expect(gitea.changes).toEqual(['POST /admin/users/alice/repos']);
      expect(push).toHaveBeenCalledTimes(1);
      expect(JSON.stringify([...checkpoints])).not.toContain('a-token');
    },
  );

  it('adds teams and protects the branch once when the answers were lost', async () => {
    const input = { ...ofAcme, teams: ['developers'], protectBranch: {} };
    const checkpoints = new Map<string, unknown>();
    const path = '/repos/acme/orbit';
    gitea.failures = [
      { line: `PUT ${path}/teams/developers`, status: 502, after: true },
      { line: `POST ${path}/branch_protections`, status: 502, after: true },
    ];
    expect((await attempt(input, { checkpoints })).error).toBeDefined();
    await run(input, { checkpoints });
    expect(gitea.repositories.get('acme/orbit')).toMatchObject({
      teams: ['developers'],
      protections: [{ rule_name: 'main' }],
    });
    expect(gitea.changes.filter(call => call.includes('/teams/'))).toHaveLength(
      1,
    );
    expect(
      gitea.changes.filter(call => call.endsWith('branch_protections')),
    ).toHaveLength(1);
  });

  it('says so when the repository was deleted before the task is retried', async () => {
    const checkpoints = new Map<string, unknown>();
    await run(orbit, { checkpoints });
    gitea.repositories.clear();
    const { error } = await attempt(orbit, { checkpoints });
    expect(error?.message).toContain('it was deleted since. Start a new run');
  });

  it('says that the repository stays when its files could not be pushed, without the token', async () => {
    push.mockRejectedValue(new Error('HTTP Error: 503 for bot:a-token'));
    const { error, log, output } = await attempt(orbit);
    expect(error?.message).toContain(
      `The repository alice/orbit was created in Gitea and stays there unfinished, at ${client.baseUrl}/alice/orbit. Run the task again to go on with it, or remove it with gitea:delete-repository`,
    );
    expect(error?.message).toContain('did not take its files: HTTP Error: 503');
    expect(error?.message).not.toContain('a-token');
    expect(log).toContain('stays there unfinished');
    expect(output).toMatchObject({
      repositoryUrl: `${client.baseUrl}/alice/orbit`,
      created: true,
      rollback: [{ input: orbit }],
    });
  });

  it('gives collaborators their rights, but not the owner', async () => {
    await run({
      ...orbit,
      collaborators: [
        { username: 'Alice', permission: 'admin' },
        { username: 'bob', permission: 'write' },
      ],
    });
    expect(gitea.repositories.get('alice/orbit')?.collaborators).toEqual({
      bob: 'write',
    });
  });

  it('protects the branch with who may push and what a pull request needs', async () => {
    await run({
      ...orbit,
      collaborators: [{ username: 'bob', permission: 'write' }],
      protectBranch: {
        pushers: ['bob'],
        requiredApprovals: 2,
        statusChecks: ['build'],
      },
    });
    expect(gitea.repositories.get('alice/orbit')?.protections).toEqual([
      {
        rule_name: 'main',
        enable_push: true,
        enable_push_whitelist: true,
        push_whitelist_usernames: ['bob'],
        required_approvals: 2,
        enable_status_check: true,
        status_check_contexts: ['build'],
      },
    ]);
  });

  it('gives an address that catalog:register resolves to a file of the branch', async () => {
    const { repoContentsUrl } = await run(orbit);
    expect(new URL('catalog-info.yaml', String(repoContentsUrl)).pathname).toBe(
      '/alice/orbit/src/branch/main/catalog-info.yaml',
    );
  });

  it('changes nothing in a dry run, yet checks everything', async () => {
    await expect(run(orbit, { isDryRun: true })).resolves.toMatchObject({
      created: false,
      commitHash: 'dry-run',
      rollback: [],
    });
    gitea.add('alice/orbit', { private: false });
    await expect(run(orbit, { isDryRun: true })).rejects.toThrow('is public');
    expect(gitea.changes).toEqual([]);
  });

  describe('of an organisation', () => {
    it('is for members who may create repositories there, who then administer it', async () => {
      await run(ofAcme);
      expect(gitea.repositories.get('acme/orbit')?.collaborators).toEqual({
        alice: 'admin',
      });
      await expect(run(ofAcme)).resolves.toMatchObject({ created: false });
    });

    it('is left alone when it is there and the member does not administer it', async () => {
      gitea.add('acme/orbit', { branches: { main: 'beef' } });
      for (const isDryRun of [true, false]) {
        const { error } = await attempt(
          {
            ...ofAcme,
            collaborators: [{ username: 'bob', permission: 'admin' }],
          },
          { isDryRun },
        );
        expect(error).toMatchObject({
          name: 'NotAllowedError',
          message: expect.stringContaining(
            'acme/orbit is in Gitea already and alice does not administer it. Ask one of the organisation',
          ),
        });
      }
      expect(gitea.changes).toEqual([]);
    });

    it('is made by who may manage resources, member or not', async () => {
      await run(ofAcme, {}, accessOf(undefined, true));
      expect(gitea.repositories.get('acme/orbit')?.collaborators).toEqual({});
    });
  });

  it.each([
    ['bob', 'alice', 'bob is not your account in Gitea; yours is alice'],
    [
      'acme',
      'bob',
      'bob may not create repositories in the Gitea organisation acme. Ask one of its owners',
    ],
    ['acme', 'carol', 'acme is not your account in Gitea; yours is carol'],
  ])(
    'refuses a repository of %s to %s, in a dry run too',
    async (owner, username, message) => {
      for (const isDryRun of [true, false]) {
        const { error } = await attempt(
          { owner, name: 'orbit' },
          { isDryRun },
          accessOf(username),
        );
        expect(error).toMatchObject({
          name: 'NotAllowedError',
          message: expect.stringContaining(message),
        });
      }
      expect(gitea.changes).toEqual([]);
    },
  );

  it.each(
    createRepositoryExamples.map(({ description, example }) => [
      description,
      example,
    ]),
  )('runs the example: %s', async (_, example) => {
    const [step] = parse(example).steps;
    expect(step.action).toBe('gitea:create-repository');
    await expect(run(step.input)).resolves.toMatchObject({ created: true });
  });
});
