import { z } from 'zod';

/** As much of JSON schema as the scaffolder makes of an action's zod schema. */
export interface FieldSchema {
  type?: string | string[];
  description?: string;
  enum?: Array<string | number>;
  const?: string | number | boolean;
  anyOf?: FieldSchema[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  additionalProperties?: boolean | FieldSchema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
}

const fieldSchema: z.ZodType<FieldSchema> = z.lazy(() =>
  z.object({
    // A schema that is used twice would be a reference, which nobody could read in a table.
    $ref: z.undefined().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    enum: z.array(z.union([z.string(), z.number()])).optional(),
    const: z.union([z.string(), z.number(), z.boolean()]).optional(),
    anyOf: z.array(fieldSchema).optional(),
    items: fieldSchema.optional(),
    properties: z.record(z.string(), fieldSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), fieldSchema]).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    maxItems: z.number().optional(),
  }),
);

/** A row of a table of inputs or outputs. */
export interface Field {
  /** Name, with its path: `collaborators[].username`. */
  name: string;
  type: string;
  required: boolean;
  description: string;
}

/**
 * The fields of an object's JSON schema, those of nested objects right behind them.
 *
 * @throws ZodError for what a table can't show
 */
export function fieldsOf(schema: unknown): Field[] {
  return schema === undefined ? [] : rows(fieldSchema.parse(schema), '');
}

function rows(schema: FieldSchema, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = `${prefix}${key}`;
    return [
      {
        name,
        type: typeOf(field),
        required: schema.required?.includes(key) ?? false,
        description: field.description ?? '',
      },
      ...nested(field, name),
    ];
  });
}

function nested(field: FieldSchema, name: string): Field[] {
  if (field.properties) return rows(field, `${name}.`);
  if (field.items) return nested(field.items, `${name}[]`);
  if (typeof field.additionalProperties === 'object') {
    return nested(field.additionalProperties, `${name}.*`);
  }
  return [];
}

function typeOf(field: FieldSchema): string {
  if (field.enum) return field.enum.map(value => `\`${value}\``).join(', ');
  if (field.const !== undefined) return `\`${field.const}\``;
  if (field.anyOf) return field.anyOf.map(typeOf).join(' or ');
  if (Array.isArray(field.type)) return field.type.join(' or ');
  switch (field.type) {
    case 'array':
      return `list of ${typeOf(field.items ?? {})}${limit(
        field.maxItems,
        ', at most ',
      )}`;
    case 'object':
      return typeof field.additionalProperties === 'object'
        ? `map of ${typeOf(field.additionalProperties)}`
        : 'object';
    case 'string':
      return `string${limit(field.maxLength, ', at most ', ' characters')}`;
    case 'number':
    case 'integer':
      return `${field.type}${limit(field.minimum, ', at least ')}${limit(
        field.maximum,
        ', at most ',
      )}`;
    default:
      return field.type ?? 'anything';
  }
}

function limit(value: number | undefined, before: string, after = '') {
  return value === undefined ? '' : `${before}${value}${after}`;
}
