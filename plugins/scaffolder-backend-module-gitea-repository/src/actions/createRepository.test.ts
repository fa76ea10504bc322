import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  ActionContext,
  initRepoAndPush,
} from '@backstage/plugin-scaffolder-node';
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
  /** Branch of the head. */
  branch?: string;
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
      const branch = decodeURIComponent(rest.slice('/branches/'.length));
      return repository.head && (repository.branch ?? 'main') === branch
        ? [200, { name: branch, commit: { id: repository.head } }]
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
      default_branch: repository.branch ?? 'main',
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
    push.mockImplementation(async ({ remoteUrl, defaultBranch }) => {
      const path = new URL(remoteUrl).pathname.slice(1, -4);
      const repository = gitea.repositories.get(path)!;
      repository.head = 'c0ffee';
      repository.branch = defaultBranch;
      return { commitHash: 'c0ffee' };
    });
  });

  const workspace = createMockDirectory();

  async function run(
    input: Record<string, unknown>,
    options: Partial<ActionContext<never>> = {},
  ) {
    workspace.setContent({
      'README.md': '# Orbit',
      docs: { 'index.md': '# Docs' },
    });
    const output = jest.fn();
    const action = createCreateRepositoryAction(client);
    await action.handler({
      ...createMockActionContext({ workspacePath: workspace.path }),
      ...options,
      input: input as Parameters<typeof action.handler>[0]['input'],
      output,
    });
    return Object.fromEntries(output.mock.calls);
  }

  it('creates a private repository of a user and pushes the files', async () => {
    await expect(run({ owner: 'alice', name: 'orbit' })).resolves.toEqual({
      remoteUrl: `${client.baseUrl}/alice/orbit.git`,
      repoContentsUrl: `${client.baseUrl}/alice/orbit/src/branch/main/`,
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
        dir: workspace.path,
        remoteUrl: `${client.baseUrl}/alice/orbit.git`,
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

  it('says in the log that what was there was left as it is', async () => {
    await run({ owner: 'alice', name: 'orbit' });
    const logger = mockServices.logger.mock();
    await run({ owner: 'alice', name: 'orbit' }, { logger });
    expect(logger.info.mock.calls.map(([line]) => line)).toEqual([
      'alice/orbit was there already',
      'The branch main of alice/orbit has commits already, so its files were left as they are',
    ]);
  });

  it('does not do again what was done before a restart, and still says that it created', async () => {
    const done = new Map<string, unknown>();
    const checkpoint: ActionContext<never>['checkpoint'] = async ({
      key,
      fn,
    }) => {
      if (!done.has(key)) done.set(key, await fn());
      return done.get(key) as Awaited<ReturnType<typeof fn>>;
    };
    push.mockImplementationOnce(async () => {
      gitea.repositories.get('alice/orbit')!.head = 'c0ffee';
      throw new Error('the process was killed');
    });
    const input = { owner: 'alice', name: 'orbit' };
    await expect(run(input, { checkpoint })).rejects.toThrow('was killed');
    await expect(run(input, { checkpoint })).resolves.toMatchObject({
      commitHash: 'c0ffee',
      created: true,
    });
    expect(push).toHaveBeenCalledTimes(1);
    expect(JSON.stringify([...done])).not.toContain('a-token');
  });

  it('says that the repository is there when its files could not be pushed, without the token', async () => {
    push.mockRejectedValue(new Error('HTTP Error: 503 for bot:a-token'));
    const error = await run({ owner: 'alice', name: 'orbit' }).catch(
      thrown => thrown,
    );
    expect(error).toMatchObject({ name: 'ServiceError', kind: 'unavailable' });
    expect(error.message).toContain(
      'Gitea has the repository alice/orbit, but did not take its files: HTTP Error: 503',
    );
    expect(error.message).not.toContain('a-token');
  });

  it('refuses a repository whose content is on another branch', async () => {
    gitea.repositories.set('alice/orbit', {
      private: true,
      head: 'beef',
      branch: 'trunk',
    });
    await expect(run({ owner: 'alice', name: 'orbit' })).rejects.toThrow(
      'has content, but no branch "main". Choose another name, or "trunk"',
    );
    expect(push).not.toHaveBeenCalled();
  });

  it('gives collaborators their rights, but not the owner', async () => {
    await run({
      owner: 'alice',
      name: 'orbit',
      collaborators: [
        { username: 'Alice', permission: 'admin' },
        { username: 'bob', permission: 'write' },
      ],
    });
    expect(gitea.calls.filter(call => call.includes('collaborators'))).toEqual([
      'PUT /repos/alice/orbit/collaborators/bob',
    ]);
  });

  it('gives an address that catalog:register resolves to a file of the branch', async () => {
    const { repoContentsUrl } = await run({ owner: 'alice', name: 'orbit' });
    expect(new URL('catalog-info.yaml', repoContentsUrl).pathname).toBe(
      '/alice/orbit/src/branch/main/catalog-info.yaml',
    );
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
      run({ owner: 'alice', name: 'orbit' }, { isDryRun: true }),
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
    await expect(run(step.input)).resolves.toMatchObject({ created: true });
  });
});
