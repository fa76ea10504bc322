import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { parseTemplate } from './terraform';

async function parse(files: Record<string, string>) {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) {
    archive.entry({ name }, content);
  }
  archive.finalize();
  return parseTemplate(await buffer(archive), name => `id-${name}`);
}

describe('parseTemplate', () => {
  it('reads parameters with options, rules and defaults from every file', async () => {
    const { parameters } = await parse({
      'a.tf': `data "coder_parameter" "cpu" {
        name    = "cpu"
        type    = "number"
        default = 2
        mutable = true
        validation {
          min = 1
          max = 8
        }
      }`,
      'b.tf': `data "coder_parameter" "zone" {
        name = "zone"
        option {
          name  = "Europe"
          value = "eu"
        }
        option {
          name  = "America"
          value = "us"
        }
      }`,
    });
    expect(parameters).toMatchObject([
      {
        name: 'cpu',
        type: 'number',
        defaultValue: '2',
        mutable: true,
        validation: { min: 1, max: 8 },
      },
      {
        name: 'zone',
        type: 'string',
        defaultValue: undefined,
        mutable: false,
        options: [{ value: 'eu' }, { value: 'us' }],
      },
    ]);
  });

  it('unfolds options over a list that is written out', async () => {
    const { parameters } = await parse({
      'main.tf': `data "coder_parameter" "cpu" {
        name  = "cpu"
        order = 2
        dynamic "option" {
          for_each = [2, 4]
          content {
            name  = "\${option.value} cores"
            value = option.value
          }
        }
      }
      data "coder_parameter" "zone" {
        name  = "zone"
        order = 1
      }`,
    });
    expect(parameters.map(({ name }) => name)).toEqual(['zone', 'cpu']);
    expect(parameters[1].options).toMatchObject([
      { name: '2 cores', value: '2' },
      { name: '4 cores', value: '4' },
    ]);
  });

  it('reads presets, variables, agents, apps of its own and of modules', async () => {
    const template = await parse({
      'README.md': '# Hello',
      'main.tf': `
        variable "key" {
          type      = string
          sensitive = true
        }
        data "coder_workspace_preset" "s" {
          name       = "Small"
          default    = true
          parameters = { cpu = 1 }
        }
        resource "coder_agent" "main" {
          os   = "linux"
          arch = data.coder_provisioner.me.arch
        }
        resource "coder_app" "web" {
          agent_id     = coder_agent.main.id
          slug         = "web"
          display_name = "Web"
          url          = "http://localhost:3000"
        }
        module "code-server" {
          source = "registry.coder.com/coder/code-server/coder"
        }
        resource "null_resource" "home" {}
      `,
    });
    expect(template).toMatchObject({
      readme: '# Hello',
      presets: [
        {
          id: 'id-Small',
          name: 'Small',
          isDefault: true,
          parameters: { cpu: '1' },
        },
      ],
      variables: [{ name: 'key', type: 'string', sensitive: true }],
      agents: [{ name: 'main', os: 'linux', arch: 'amd64' }],
      apps: [
        { slug: 'web', displayName: 'Web', url: 'http://localhost:3000' },
        { slug: 'code-server', displayName: 'code-server' },
      ],
      resources: [{ type: 'null_resource', name: 'home' }],
    });
  });

  it('refuses an archive without Terraform, and Terraform that is broken', async () => {
    await expect(parse({ 'README.md': '' })).rejects.toThrow(
      'no Terraform configuration files',
    );
    await expect(parse({ 'main.tf': 'data "x" {' })).rejects.toThrow();
  });
});
