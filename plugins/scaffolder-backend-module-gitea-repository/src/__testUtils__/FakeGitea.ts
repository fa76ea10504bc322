import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { GiteaClient } from '@formulary/plugin-gitea-node';

interface Repository {
  id: number;
  private: boolean;
  /** Commits at the heads of the branches. */
  branches: Record<string, string>;
  collaborators: Record<string, string>;
  teams: string[];
  protections: Array<Record<string, unknown>>;
}

interface Organization {
  teams: string[];
  /** What members may do: `create` repositories there, or only `read`. */
  members: Record<string, 'create' | 'read'>;
}

type Body = Record<string, unknown>;
type Answer = [status: number, body?: unknown];

const MISSING: Answer = [404, { message: 'not found', url: '' }];

/** As much of Gitea as the actions call, over real HTTP. */
export class FakeGitea {
  readonly repositories = new Map<string, Repository>();
  readonly users = new Map<string, { active: boolean; blocked: boolean }>();
  readonly organizations = new Map<string, Organization>();
  /** Every call, as `METHOD path`. */
  readonly calls: string[] = [];
  /** Answers instead of what calls would do, or in place of what they did. */
  failures: Array<{
    line: string;
    status: number;
    body?: string;
    after?: boolean;
  }> = [];
  private server!: Server;
  private url = '';
  private ids = 0;

  async start(): Promise<GiteaClient> {
    this.server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const path = decodeURIComponent(
        request.url!.replace('/api/v1', '').replace(/\?.*/, ''),
      );
      const line = `${request.method} ${path}`;
      this.calls.push(line);
      const index = this.failures.findIndex(failure => failure.line === line);
      const [failure] = index < 0 ? [] : this.failures.splice(index, 1);
      const [status, body] =
        failure && !failure.after
          ? [failure.status]
          : this.answer(line, text ? JSON.parse(text) : {});
      response
        .writeHead(failure?.status ?? status)
        .end(
          failure
            ? failure.body ?? '{"message":"no","url":""}'
            : JSON.stringify(body),
        );
    });
    await new Promise<void>(resolve => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}`;
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

  /** Alice, who may create repositories in acme; bob, who may only read there; sam and sue, who are suspended. */
  reset() {
    this.repositories.clear();
    this.calls.length = 0;
    this.failures = [];
    this.users.clear();
    for (const name of ['alice', 'bob', 'sam', 'sue']) {
      this.users.set(name, { active: name !== 'sam', blocked: name === 'sue' });
    }
    this.organizations.clear();
    this.organizations.set('acme', {
      teams: ['Owners', 'developers'],
      members: { alice: 'create', bob: 'read' },
    });
  }

  /** Puts a repository there, as somebody made it before. */
  add(path: string, fields: Partial<Repository> = {}): Repository {
    this.ids += 1;
    const repository: Repository = {
      id: this.ids,
      private: true,
      branches: {},
      collaborators: {},
      teams: [],
      protections: [],
      ...fields,
    };
    this.repositories.set(path, repository);
    return repository;
  }

  /** Calls that change something. */
  get changes(): string[] {
    return this.calls.filter(call => !call.startsWith('GET'));
  }

  private answer(line: string, body: Body): Answer {
    const [method, path] = line.split(/ (.*)/s);
    const [, kind, name, ...rest] = path.split('/');
    if (kind === 'admin') return this.create(rest[0], body);
    if (kind === 'repos') return this.repository(method, name, rest, body);
    if (kind === 'orgs') {
      const organization = this.organizations.get(name);
      if (!organization) return MISSING;
      return rest[0] === 'teams'
        ? [
            200,
            organization.teams.map((team, id) => ({
              id,
              name: team,
              permission: 'write',
            })),
          ]
        : [200, { id: 1, name }];
    }
    if (rest[0] === 'orgs') {
      const right = this.organizations.get(rest[1])?.members[name];
      return right
        ? [
            200,
            {
              is_owner: false,
              is_admin: false,
              can_write: false,
              can_read: true,
              can_create_repository: right === 'create',
            },
          ]
        : MISSING;
    }
    const user = this.users.get(name.toLowerCase());
    return user
      ? [
          200,
          {
            id: 1,
            login: name,
            full_name: '',
            email: '',
            active: user.active,
            prohibit_login: user.blocked,
          },
        ]
      : MISSING;
  }

  private create(owner: string, body: Body): Answer {
    if (!this.users.has(owner) && !this.organizations.has(owner)) {
      return MISSING;
    }
    const path = `${owner}/${body.name}`;
    if (this.repositories.has(path)) return [409, { message: 'exists' }];
    this.add(path, { private: body.private === true });
    return [201, this.shape(path)];
  }

  private repository(
    method: string,
    owner: string,
    [name, part, key, detail]: string[],
    body: Body,
  ): Answer {
    const path = `${owner}/${name}`;
    const repository = this.repositories.get(path);
    if (!repository) return MISSING;
    const isGet = method === 'GET';
    switch (part) {
      case undefined:
        if (isGet) return [200, this.shape(path)];
        this.repositories.delete(path);
        return [204];
      case 'branches': {
        const heads = Object.entries(repository.branches).map(
          ([branch, id]) => ({ name: branch, commit: { id } }),
        );
        if (!key) return [200, heads];
        const head = heads.find(branch => branch.name === key);
        return head ? [200, head] : MISSING;
      }
      case 'collaborators':
        if (detail) {
          return [200, { permission: repository.collaborators[key] ?? 'none' }];
        }
        repository.collaborators[key] = String(body.permission);
        return [204];
      case 'teams':
        if (isGet) {
          return repository.teams.includes(key) ? [200, { id: 1 }] : MISSING;
        }
        if (repository.teams.includes(key)) return [422, { message: 'added' }];
        repository.teams.push(key);
        return [204];
      case 'branch_protections': {
        if (!isGet) {
          repository.protections.push(body);
          return [201, body];
        }
        const rule = repository.protections.find(it => it.rule_name === key);
        return rule ? [200, rule] : MISSING;
      }
      default:
        return [204];
    }
  }

  private shape(path: string) {
    const [owner, name] = path.split('/');
    const repository = this.repositories.get(path)!;
    const [first] = Object.keys(repository.branches);
    return {
      id: repository.id,
      name,
      full_name: path,
      owner: { login: owner },
      private: repository.private,
      empty: !first,
      default_branch: first ?? 'main',
      html_url: `${this.url}/${path}`,
      clone_url: `${this.url}/${path}.git`,
    };
  }
}
