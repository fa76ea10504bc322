import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { initRepoAndPush } from '@backstage/plugin-scaffolder-node';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import { parse } from 'yaml';
import { createCreateRepositoryAction } from './createRepository';
import { createRepositoryExamples } from './createRepository.examples';

jest.mock('@backstage/plugin-scaffolder-node', () => ({
  ...jest.requireActual('@backstage/plugin-scaffolder-node'),
  initRepoAndPush: jest.fn(),
}));

interface Repository {
  private: boolean;
  head?: string;
}

/** As much of Gitea as the action calls. */
class FakeGitea {
  readonly repositories = new Map<string, Repository>();
  readonly calls: string[] = [];
  failures: Array<{ line: string; status: number; after?: boolean }> = [];
  private server!: Server;
  private url = '';

  async start() {
    this.server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const line = `${request.method} ${request.url!.replace('/api/v1', '')}`;
      this.calls.push(line);
      const index = this.failures.findIndex(failure => failure.line === line);
      const [failure] = index < 0 ? [] : this.failures.splice(index, 1);
      if (failure && !failure.after) {
        response.writeHead(failure.status).end('{"message":"no","url":""}');
        return;
      }
      const [status, body] = this.answer(line, text ? JSON.parse(text) : {});
      response
        .writeHead(failure?.status ?? status)
        .end(JSON.stringify(failure ? { message: 'no' } : body));
    });
    await new Promise<void>(resolve => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${
      (this.server.address() as AddressInfo).port
    }`;
    return new GiteaClient(
      {
        baseUrl: this.url,
        token: 'a-token',
        username: 'bot',
        oauthSourceId: 1,
      },
      { retries: 0 },
    );
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private answer(
    line: string,
    body: { name?: string; private?: boolean },
  ): [number, unknown] {
    const missing: [number, unknown] = [404, { message: 'not found', url: '' }];
    const created = line.match(/^POST \/admin\/users\/([^/]+)\/repos$/);
    if (created) {
      if (created[1] === 'nobody') return missing;
      const path = `${created[1]}/${body.name}`;
      if (this.repositories.has(path)) return [409, { message: 'exists' }];
      this.repositories.set(path, { private: body.private! });
      return [201, this.shape(path)];
    }
    const [, path, rest] = line.match(/^\w+ \/repos\/([^/]+\/[^/]+)(.*)$/)!;
    const repository = this.repositories.get(path);
    if (!repository) return missing;
    if (rest === '') return [200, this.shape(path)];
    if (rest.startsWith('/branches/')) {
      return repository.head
        ? [200, { name: 'main', commit: { id: repository.head } }]
        : missing;
    }
    return [204, undefined];
  }

  private shape(path: string) {
    const [owner, name] = path.split('/');
    const repository = this.repositories.get(path)!;
    return {
      id: 1,
      name,
      full_name: path,
      owner: { login: owner },
      private: repository.private,
      empty: !repository.head,
      default_branch: 'main',
      html_url: `${this.url}/${path}`,
      clone_url: `${this.url}/${path}.git`,
    };
  }
}

describe('gitea:create-repository', () => {
  const gitea = new FakeGitea();
  const push = jest.mocked(initRepoAndPush);
  let client: GiteaClient;

  beforeAll(async () => {
    client = await gitea.start();
  });

  afterAll(() => gitea.stop());

  beforeEach(() => {
    gitea.repositories.clear();
    gitea.calls.length = 0;
    gitea.failures = [];
    push.mockReset();
    push.mockImplementation(async ({ remoteUrl }) => {
      const path = new URL(remoteUrl).pathname.slice(1, -4);
      gitea.repositories.get(path)!.head = 'c0ffee';
      return { commitHash: 'c0ffee' };
    });
  });

  async function run(input: Record<string, unknown>, isDryRun = false) {
    const workspacePath = await mkdtemp(join(tmpdir(), 'gitea-action-'));
    await writeFile(join(workspacePath, 'README.md'), '# Orbit\n');
    const output = jest.fn();
    const context = createMockActionContext({ workspacePath, output });
    const action = createCreateRepositoryAction(client);
    await action.handler({
      ...context,
      isDryRun,
      input: input as Parameters<typeof action.handler>[0]['input'],
      output,
    });
    return Object.fromEntries(output.mock.calls);
  }

  it('creates a private repository of a user and pushes the files', async () => {
    await expect(run({ owner: 'alice', name: 'orbit' })).resolves.toEqual({
      remoteUrl: `${client.baseUrl}/alice/orbit.git`,
      repoContentsUrl: `${client.baseUrl}/alice/orbit/src/branch/main`,
      repositoryUrl: `${client.baseUrl}/alice/orbit`,
      commitHash: 'c0ffee',
      created: true,
    });
    expect(gitea.repositories.get('alice/orbit')).toMatchObject({
      private: true,
    });
    expect(push).toHaveBeenCalledWith(
      expect.objectContaining({
        auth: { username: 'bot', password: 'a-token' },
        defaultBranch: 'main',
      }),
    );
  });

  it('changes nothing the second time, and says so', async () => {
    await run({ owner: 'alice', name: 'orbit' });
    push.mockClear();
    gitea.calls.length = 0;
    await expect(run({ owner: 'alice', name: 'orbit' })).resolves.toMatchObject(
      { commitHash: 'c0ffee', created: false },
    );
    expect(push).not.toHaveBeenCalled();
    expect(gitea.calls.filter(call => !call.startsWith('GET'))).toEqual([]);
  });

  it('pushes to a repository that an interrupted run left empty', async () => {
    gitea.repositories.set('alice/orbit', { private: true });
    await expect(run({ owner: 'alice', name: 'orbit' })).resolves.toMatchObject(
      { created: true },
    );
    expect(push).toHaveBeenCalledTimes(1);
  });

  it('goes on when the answer to the create is lost', async () => {
    gitea.failures = [
      { line: 'POST /admin/users/alice/repos', status: 502, after: true },
    ];
    await expect(run({ owner: 'alice', name: 'orbit' })).resolves.toMatchObject(
      { created: true },
    );
    expect(gitea.calls.filter(call => call.startsWith('POST'))).toHaveLength(1);
  });

  it('refuses a repository of the other visibility, and leaves it alone', async () => {
    gitea.repositories.set('alice/orbit', { private: false });
    await expect(run({ owner: 'alice', name: 'orbit' })).rejects.toThrow(
      'is public, but should be private',
    );
    expect(push).not.toHaveBeenCalled();
  });

  it('tells an owner who does not exist, and what to do', async () => {
    await expect(run({ owner: 'nobody', name: 'orbit' })).rejects.toThrow(
      'no user or organisation called "nobody"',
    );
  });

  it('passes on what Gitea refuses', async () => {
    gitea.failures = [{ line: 'POST /admin/users/alice/repos', status: 422 }];
    await expect(run({ owner: 'alice', name: 'orbit' })).rejects.toMatchObject({
      kind: 'validation',
    });
  });

  it('calls nobody in a dry run', async () => {
    await expect(
      run({ owner: 'alice', name: 'orbit' }, true),
    ).resolves.toMatchObject({ created: false, commitHash: 'dry-run' });
    expect(gitea.calls).toEqual([]);
  });

  it.each(['..', 'a b', 'orbit.git', 'ä', '-'])(
    'refuses the name %j by its schema',
    name => {
      const { schema } = createCreateRepositoryAction(client);
      expect(JSON.stringify(schema?.input)).toContain('pattern');
      const pattern = (
        schema!.input as { properties: { name: { pattern: string } } }
      ).properties.name.pattern;
      expect(new RegExp(pattern, 'i').test(name)).toBe(false);
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
    // The examples push folders that the mock of git does not look into.
    await expect(run(step.input)).resolves.toMatchObject({ created: true });
  });
});
