import { parse } from '@cdktf/hcl2json';
import { z } from 'zod';
import {
  Block,
  block,
  blocks,
  each,
  literal,
  number,
  string,
  strings,
} from './terraformValues';
import {
  CoderTemplateSource,
  TemplateApp,
  TemplateParameter,
} from './templateSource';

/** Apps of the registry modules that our templates use, by the last part of the source. */
const moduleApps: Record<string, { slug: string; displayName: string }> = {
  'code-server': { slug: 'code-server', displayName: 'code-server' },
  'vscode-web': { slug: 'vscode-web', displayName: 'VS Code Web' },
  jupyterlab: { slug: 'jupyterlab', displayName: 'JupyterLab' },
  'jupyter-notebook': { slug: 'jupyter-notebook', displayName: 'Jupyter' },
  filebrowser: { slug: 'filebrowser', displayName: 'File Browser' },
};

const labelled = z.record(z.string(), z.array(block));
const documentSchema = z.object({
  data: z.record(z.string(), labelled).default({}),
  resource: z.record(z.string(), labelled).default({}),
  module: labelled.default({}),
  variable: labelled.default({}),
});

/**
 * Reads the Terraform of a Coder template.
 *
 * @param files - content of the template's files by path; only `.tf` files at the top count
 * @throws Error that says what Terraform would: no configuration, or a file that can't be parsed
 *
 * @public
 */
export async function readCoderTemplate(
  files: ReadonlyMap<string, string>,
): Promise<CoderTemplateSource> {
  const sources = [...files].filter(([path]) => /^[^/]+\.tf$/.test(path));
  if (sources.length === 0) {
    throw new Error('parse template files: no Terraform configuration files');
  }
  const template: CoderTemplateSource = {
    parameters: [],
    presets: [],
    variables: [],
    agents: [],
    apps: [],
    resources: [],
  };
  for (const [path, source] of sources) {
    read(documentSchema.parse(await parse(path, source)), template);
  }
  // As coderd sorts them: by order, then by name.
  template.parameters.sort(
    (a, b) => a.order - b.order || (a.name < b.name ? -1 : 1),
  );
  return template;
}

function read(
  document: z.infer<typeof documentSchema>,
  template: CoderTemplateSource,
) {
  for (const [label, body] of each(document.data.coder_parameter)) {
    template.parameters.push(parameter(label, body));
  }
  for (const [label, body] of each(document.data.coder_workspace_preset)) {
    template.presets.push({
      name: string(body.name) ?? label,
      isDefault: body.default === true,
      parameters: strings(body.parameters),
    });
  }
  for (const [name, body] of each(document.variable)) {
    template.variables.push({
      name,
      description: string(body.description) ?? '',
      type: string(body.type)?.replace(/^\$\{(.*)\}$/, '$1') ?? 'string',
      defaultValue: string(body.default),
      sensitive: body.sensitive === true,
    });
  }
  for (const [type, named] of Object.entries(document.resource)) {
    for (const [name, body] of each(named)) {
      if (type === 'coder_agent') {
        template.agents.push({
          name,
          os: string(body.os) ?? 'linux',
          arch: literal(body.arch) ?? 'amd64',
        });
      } else if (type === 'coder_app') {
        template.apps.push(app(name, body));
      } else if (!type.startsWith('coder_')) {
        template.resources.push({ type, name });
      }
    }
  }
  for (const [, body] of each(document.module)) {
    const source = string(body.source) ?? '';
    const known = source
      .split('/')
      .map(part => moduleApps[part])
      .find(Boolean);
    if (!known) continue;
    template.apps.push({
      slug: literal(body.slug) ?? known.slug,
      displayName: literal(body.display_name) ?? known.displayName,
      url: '',
      icon: '',
      external: false,
      subdomain: body.subdomain === true,
    });
  }
}

function parameter(label: string, body: Block): TemplateParameter {
  const [validation] = blocks(body, 'validation');
  const type = string(body.type) ?? 'string';
  return {
    name: string(body.name) ?? label,
    displayName: string(body.display_name) ?? '',
    description: string(body.description) ?? '',
    type: isType(type) ? type : 'string',
    mutable: body.mutable === true,
    ephemeral: body.ephemeral === true,
    order: number(body.order) ?? 0,
    defaultValue: string(body.default),
    icon: string(body.icon) ?? '',
    options: blocks(body, 'option').map(option => ({
      name: string(option.name) ?? '',
      description: string(option.description) ?? '',
      value: string(option.value) ?? '',
      icon: string(option.icon) ?? '',
    })),
    validation: validation && {
      regex: string(validation.regex),
      error: string(validation.error),
      min: number(validation.min),
      max: number(validation.max),
    },
  };
}

function app(name: string, body: Block): TemplateApp {
  return {
    slug: literal(body.slug) ?? name,
    displayName: literal(body.display_name) ?? string(body.slug) ?? name,
    url: string(body.url) ?? '',
    icon: string(body.icon) ?? '',
    external: body.external === true,
    subdomain: body.subdomain === true,
  };
}

function isType(type: string): type is TemplateParameter['type'] {
  return ['string', 'number', 'bool', 'list(string)'].includes(type);
}
