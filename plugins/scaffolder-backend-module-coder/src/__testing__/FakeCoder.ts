import { CoderClient } from '@formulary/plugin-coder-node';

interface FakeBuild {
  id: string;
  transition: 'start' | 'stop' | 'delete';
  parameters: Record<string, string>;
  outcome: 'succeeded' | 'failed';
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
    status:
      build.outcome === 'succeeded' ? statuses[build.transition] : 'failed',
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

const user = (username: string) => ({
  id: username,
  username,
  email: `${username}@acme.example`,
  status: 'active',
  login_type: 'oidc',
  organization_ids: ['o'],
});

const template = (name: string) => ({
  id: `t-${name}`,
  name,
  display_name: name,
  description: '',
  icon: '',
  organization_id: 'o',
  active_version_id: 'v1',
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
  readonly users = new Set(['alice']);
  /** Every call that changes something, as `METHOD path`. */
  readonly changes: string[] = [];
  /** What the next build ends with. */
  nextOutcome: FakeBuild['outcome'] = 'succeeded';
  /** Makes the answer of the next creation get lost after its effect. */
  loseNextCreation = false;
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
      templateId = 't-fullstack-dev',
      transition = 'start' as FakeBuild['transition'],
      parameters = { git_repo: 'x', cpu: '2' } as Record<string, string>,
    } = {},
  ): FakeWorkspace {
    this.ids += 1;
    const workspace: FakeWorkspace = {
      id: `w${this.ids}`,
      owner: 'alice',
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
    const answer = this.route(`${method} ${path}`, body);
    if (answer === undefined) {
      return Response.json({ message: 'Resource not found' }, { status: 404 });
    }
    return Response.json(answer);
  }

  private route(call: string, body: Record<string, unknown>): unknown {
    const [, first, second] =
      /^\w+ \/\w+\/([^/]+)(?:\/\w+)?(?:\/([^/]+))?/.exec(call) ?? [];
    if (/^GET \/organizations\/default\/templates$/.test(call)) {
      return [template('fullstack-dev')];
    }
    if (call.startsWith('GET /organizations/default/templates/')) {
      return second === 'fullstack-dev' ? template(second) : undefined;
    }
    if (call.endsWith('/rich-parameters')) return templateParameters;
    if (call.endsWith('/presets')) return presets;
    if (/^GET \/users\/[^/]+$/.test(call)) {
      return this.users.has(first) ? user(first) : undefined;
    }
    if (/^GET \/users\/[^/]+\/workspace\//.test(call)) {
      const found = [...this.workspaces.values()].find(
        it => it.owner === first && it.name === second,
      );
      return found && this.view(found);
    }
    if (/^POST \/users\/[^/]+\/workspaces$/.test(call)) {
      return this.create(body);
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

  private create(body: Record<string, unknown>) {
    const values = body.rich_parameter_values as Array<{
      name: string;
      value: string;
    }>;
    const workspace = this.add(String(body.name), {
      parameters: {
        cpu: '2',
        ...Object.fromEntries(values.map(it => [it.name, it.value])),
      },
    });
    workspace.body = body;
    if (this.loseNextCreation) {
      this.loseNextCreation = false;
      throw new TypeError('fetch failed');
    }
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
