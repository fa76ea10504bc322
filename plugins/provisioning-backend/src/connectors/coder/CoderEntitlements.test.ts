import { CoderClient } from '@formulary/plugin-coder-node';
import { personNamed } from '../../__testUtils__/people';
import { CoderEntitlements } from './CoderEntitlements';

const bob = {
  person: personNamed('bob'),
  account: { service: 'coder', state: 'active' as const, username: 'bob' },
};
const workspace = { kind: 'workspace', name: 'fullstack-dev', once: true };

function parameter(name: string, required: boolean) {
  return {
    name,
    type: 'string',
    mutable: true,
    default_value: '',
    options: [],
    required,
  };
}

/** As much of Coder as is called. */
class FakeCoder {
  parameters = [parameter('region', false)];
  readonly workspaces: string[] = [];
  readonly created: unknown[] = [];
  /** Makes the next creation do its work and then answer that the name is taken. */
  isFaster = false;
  readonly client = new CoderClient({
    baseUrl: 'https://coder.example.com',
    token: 'secret',
    retries: 0,
    fetch: async (input, init) => {
      const path = new URL(String(input)).pathname.replace('/api/v2', '');
      const [status, body] = this.answer(path, String(init?.body));
      return Response.json(body, { status });
    },
  });

  private answer(path: string, body: string): [number, unknown] {
    if (path === '/organizations/default/templates/fullstack-dev') {
      return [
        200,
        {
          id: 't1',
          name: 'fullstack-dev',
          display_name: '',
          description: '',
          icon: '',
          organization_id: 'o1',
          active_version_id: 'v1',
        },
      ];
    }
    if (path === '/templateversions/v1/rich-parameters') {
      return [200, this.parameters];
    }
    if (path === '/users/bob/workspaces') {
      const { name, ...rest } = JSON.parse(body);
      this.created.push({ name, ...rest });
      this.workspaces.push(name);
      return this.isFaster
        ? [409, { message: `Workspace "${name}" already exists.` }]
        : [201, row(name)];
    }
    const name = path.match(/^\/users\/bob\/workspace\/(.+)$/)?.[1] ?? '';
    return this.workspaces.includes(name)
      ? [200, row(name)]
      : [404, { message: 'Resource not found or you do not have access' }];
  }
}

function row(name: string) {
  return {
    id: name,
    name,
    owner_id: 'u1',
    owner_name: 'bob',
    template_id: 't1',
    template_name: 'fullstack-dev',
    last_used_at: '',
    latest_build: {
      id: 'b1',
      build_number: 1,
      transition: 'start',
      status: 'pending',
      template_version_id: 'v1',
      job: { id: 'j1', status: 'pending', file_id: 'f1' },
      resources: [],
    },
  };
}

describe('CoderEntitlements', () => {
  let coder: FakeCoder;
  let entitlements: CoderEntitlements;

  beforeEach(() => {
    coder = new FakeCoder();
    entitlements = new CoderEntitlements(coder.client);
  });

  it('reads templates from a rule; what is made of them is given once', () => {
    expect(
      entitlements.schema.parse({ workspaceTemplates: ['fullstack-dev'] }),
    ).toEqual([workspace]);
    expect(
      entitlements.schema.safeParse({ workspaceTemplate: 'fullstack-dev' })
        .success,
    ).toBe(false);
  });

  it("begins a workspace with the template's own values, once", async () => {
    expect(await entitlements.look(bob, workspace)).toEqual({ there: false });
    await entitlements.give(bob, workspace);
    await entitlements.give(bob, workspace);
    expect(coder.created).toEqual([
      { name: 'fullstack-dev', template_id: 't1', rich_parameter_values: [] },
    ]);
    expect(await entitlements.look(bob, workspace)).toEqual({ there: true });
  });

  it('takes a name that was taken meanwhile for its own work', async () => {
    coder.isFaster = true;
    await expect(entitlements.give(bob, workspace)).resolves.toBeUndefined();
  });

  it('refuses a template that asks for a value, and one that is not there', async () => {
    coder.parameters = [parameter('repository', true)];
    await expect(entitlements.give(bob, workspace)).rejects.toMatchObject({
      kind: 'validation',
      message: expect.stringContaining('asks for repository'),
    });
    await expect(
      entitlements.give(bob, { ...workspace, name: 'other' }),
    ).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('Coder has no template other'),
    });
    expect(coder.created).toEqual([]);
  });
});
