/**
 * A `data "coder_parameter"` of a template.
 *
 * @public
 */
export interface TemplateParameter {
  name: string;
  displayName: string;
  description: string;
  type: 'string' | 'number' | 'bool' | 'list(string)';
  mutable: boolean;
  ephemeral: boolean;
  /** Where it stands in forms, ascending. */
  order: number;
  /** Absent when a value must be given. */
  defaultValue?: string;
  icon: string;
  options: Array<{
    name: string;
    description: string;
    value: string;
    icon: string;
  }>;
  validation?: { regex?: string; error?: string; min?: number; max?: number };
}

/**
 * An app that a workspace of the template shows.
 *
 * @public
 */
export interface TemplateApp {
  slug: string;
  displayName: string;
  url: string;
  icon: string;
  external: boolean;
  subdomain: boolean;
}

/**
 * A named set of values for a template's parameters.
 *
 * @public
 */
export interface TemplatePreset {
  name: string;
  isDefault: boolean;
  /** Values by name of their parameter. */
  parameters: Record<string, string>;
}

/**
 * What is read from a template's Terraform. Expressions are not evaluated: a
 * value that is one is the text of it, such as `${var.image}`.
 *
 * @public
 */
export interface CoderTemplateSource {
  parameters: TemplateParameter[];
  presets: TemplatePreset[];
  variables: Array<{
    name: string;
    description: string;
    type: string;
    defaultValue?: string;
    sensitive: boolean;
  }>;
  agents: Array<{ name: string; os: string; arch: string }>;
  apps: TemplateApp[];
  resources: Array<{ type: string; name: string }>;
}
