import { CoderClient } from '@formulary/plugin-coder-node';

interface FakeBuild {
  id: string;
  transition: 'start' | 'stop' | 'delete';
  parameters: Record<string, string>;
  outcome: 'succeeded' | 'failed' | 'running';
}

interface FakeWorkspace {
  id: string;
  owner: string;
  name: string;
  templateId: string;
  build: FakeBuild;
  body: Record<string, unknown>;
}

const statuses = { start: 'running', stop: 'stopped', delete: 'deleted' };

function buildView(build: FakeBuild) {
  const app = {
    id: 'a',
    slug: 'code-server',
    url: '',
    external: false,
    subdomain: false,
  };
  const agent = {
    id: 'g',
    name: 'main',
    status: 'connected',
    lifecycle_state: 'ready',
    apps: [app],
  };
  const runs = build.transition === 'start' && build.outcome === 'succeeded';
  return {
    id: build.id,
    build_number: 1,
    transition: build.transition,
    status: {
      succeeded: statuses[build.transition],
      failed: 'failed',
      running: 'pending',
    }[build.outcome],
    template_version_id: 'v1',
    job: {
      id: 'j',
      status: build.outcome,
      error: build.outcome === 'failed' ? 'out of quota' : undefined,
      file_id: 'f',
    },
    resources: runs ? [{ agents: [agent] }] : [],
  };
}

const log = (id: number, output: string) => ({
  id,
  output,
  created_at: '2026-01-01T00:00:00Z',
  log_source: 'provisioner',
  log_level: 'info',
  stage: 'Starting workspace',
});

const user = (username: string, status: string) => ({
  id: username,
  username,
  email: `${username}@acme.example`,
  status,
  login_type: 'oidc',
  organization_ids: ['o'],
});

const template = (name: string, deprecation = '') => ({
  id: `t-${name}`,
  name,
  display_name: name,
  description: '',
  icon: '',
  organization_id: 'o',
  active_version_id: 'v1',
  deprecated: deprecation !== '',
  deprecation_message: deprecation,
});

const templateParameters = [
  {
    name: 'cpu',
    type: 'number',
    mutable: true,
    default_value: '2',
    required: false,
    validation_min: 1,
    validation_max: 8,
  },
  {
    name: 'size',
    type: 'string',
    mutable: true,
    default_value: 's',
    required: false,
    options: [
      { name: 'Small', value: 's' },
      { name: 'Large', value: 'l' },
    ],
  },
  {
    name: 'debug',
    type: 'bool',
    mutable: true,
    default_value: 'false',
    required: false,
  },
  {
    name: 'tools',
    type: 'list(string)',
    mutable: true,
    default_value: '[]',
    required: false,
    options: [
      { name: 'Go', value: 'go' },
      { name: 'Node.js', value: 'node' },
    ],
  },
  {
    name: 'git_repo',
    type: 'string',
    mutable: false,
    default_value: '',
    required: true,
  },
];

const presets = [
  { ID: 'p1', Name: 'Small', Parameters: [{ Name: 'cpu', Value: '1' }] },
];

/** As much of Coder's API as the actions call, in memory; builds end at once. */
export class FakeCoder {
  readonly workspaces = new Map<string, FakeWorkspace>();
  /** Users' states by their names. */
  readonly users = new Map([
    ['alice', 'active'],
    ['bob', 'active'],
    ['sam', 'suspended'],
  ]);
  /** Every call that changes something, as `METHOD path`. */
  readonly changes: string[] = [];
  /** What the next build ends with. */
  nextOutcome: FakeBuild['outcome'] = 'succeeded';
  /** Makes the answer of the next change get lost after its effect. */
  loseNextAnswer = false;
  /** Answers of single calls, instead of what they would do. */
  readonly answers = new Map<string, () => Response>();
  /** Called with each call, before it is answered. */
  onCall: (call: string) => void = () => {};
  readonly client = new CoderClient({
    baseUrl: 'https://coder.example.com',
    token: 'secret',
    fetch: async (input, init) => this.answer(String(input), init),
  });
  private readonly ended = new Map<string, FakeBuild>();
  private ids = 0;

  /** Puts a workspace there, as somebody made it before. */
  add(
    name: string,
    {
      owner = 'alice',
      templateId = 't-fullstack-dev',
      transition = 'start' as FakeBuild['transition'],
      parameters = { git_repo: 'x', cpu: '2' } as Record<string, string>,
    } = {},
  ): FakeWorkspace {
    this.ids += 1;
    const workspace: FakeWorkspace = {
      id: `w${this.ids}`,
      owner,
      name,
      templateId,
      body: {},
      build: this.build(transition, parameters),
    };
    this.workspaces.set(workspace.id, workspace);
    return workspace;
  }

  private build(
    transition: FakeBuild['transition'],
    parameters: Record<string, string>,
  ): FakeBuild {
    this.ids += 1;
    const outcome = this.nextOutcome;
    this.nextOutcome = 'succeeded';
    return { id: `b${this.ids}`, transition, parameters, outcome };
  }

  private async answer(address: string, init: RequestInit = {}) {
    const { pathname } = new URL(address);
    const path = decodeURIComponent(pathname.replace('/api/v2', ''));
    const method = init.method ?? 'GET';
    if (method !== 'GET') this.changes.push(`${method} ${path}`);
    const body =
      typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    this.onCall(`${method} ${path}`);
    const prepared = this.answers.get(`${method} ${path}`);
    if (prepared) return prepared();
    const answer = this.route(`${method} ${path}`, body);
    if (this.loseNextAnswer && method !== 'GET') {
      this.loseNextAnswer = false;
      throw new TypeError('fetch failed');
    }
    if (answer === undefined) {
      return Response.json({ message: 'Resource not found' }, { status: 404 });
    }
    return Response.json(answer);
  }

  private route(call: string, body: Record<string, unknown>): unknown {
    const [, first, second] =
      /^\w+ \/\w+\/([^/]+)(?:\/\w+)?(?:\/([^/]+))?/.exec(call) ?? [];
    if (/^GET \/organizations\/default\/templates$/.test(call)) {
      return [template('fullstack-dev'), template('old', 'Use fullstack-dev')];
    }
    if (call.startsWith('GET /organizations/default/templates/')) {
      if (second === 'old') return template(second, 'Use fullstack-dev');
      return second === 'fullstack-dev' ? template(second) : undefined;
    }
    if (call.endsWith('/rich-parameters')) return templateParameters;
    if (call.endsWith('/presets')) return presets;
    if (/^GET \/users\/[^/]+$/.test(call)) {
      const name = first === 'me' ? 'bot' : first;
      const status = first === 'me' ? 'active' : this.users.get(first);
      return status && user(name, status);
    }
    if (/^GET \/users\/[^/]+\/workspace\//.test(call)) {
      const found = [...this.workspaces.values()].find(
        it => it.owner === first && it.name === second,
      );
      return found && this.view(found);
    }
    if (/^POST \/users\/[^/]+\/workspaces$/.test(call)) {
      return this.create(first, body);
    }
    const workspace = this.workspaces.get(first);
    if (/^GET \/workspaces\/[^/]+$/.test(call)) {
      return workspace && this.view(workspace);
    }
    if (/^POST \/workspaces\/[^/]+\/builds$/.test(call) && workspace) {
      workspace.build = this.build(
        body.transition as FakeBuild['transition'],
        workspace.build.parameters,
      );
      if (body.transition === 'delete') this.workspaces.delete(workspace.id);
      this.ended.set(workspace.build.id, workspace.build);
      return buildView(workspace.build);
    }
    return this.buildRoute(call, first);
  }

  private buildRoute(call: string, id: string): unknown {
    const build =
      this.ended.get(id) ??
      [...this.workspaces.values()].find(it => it.build.id === id)?.build;
    if (!build) return undefined;
    if (call.endsWith('/parameters')) {
      return Object.entries(build.parameters).map(([name, value]) => ({
        name,
        value,
      }));
    }
    return call.endsWith('/logs')
      ? [log(1, ''), log(2, 'Apply complete!')]
      : buildView(build);
  }

  private create(owner: string, body: Record<string, unknown>) {
    const values = body.rich_parameter_values as Array<{
      name: string;
      value: string;
    }>;
    const workspace = this.add(String(body.name), {
      owner,
      parameters: {
        cpu: '2',
        ...Object.fromEntries(values.map(it => [it.name, it.value])),
      },
    });
    workspace.body = body;
    return this.view(workspace);
  }

  private view(workspace: FakeWorkspace) {
    return {
      id: workspace.id,
      name: workspace.name,
      owner_id: workspace.owner,
      owner_name: workspace.owner,
      template_id: workspace.templateId,
      template_name: workspace.templateId.slice(2),
      latest_build: buildView(workspace.build),
      last_used_at: '2026-01-01T00:00:00Z',
    };
  }
}
