import { z } from 'zod';
import { Template } from '../bundle/templateSchema';

const fieldSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  default: z.unknown().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** A field of a template's form. */
export interface FormField extends z.infer<typeof fieldSchema> {
  /** Where it stands in the template, such as `spec.parameters[0].properties.cpu`. */
  path: string;
  /** Whether the form can not be sent without a value. */
  required: boolean;
}

/** The fields of a template's form by name, those of dependent parts of a page included. */
export function formFields({ spec }: Template): Map<string, FormField> {
  const fields = new Map<string, FormField>();
  const walk = (schema: unknown, path: string, certain: boolean) => {
    if (Array.isArray(schema)) {
      schema.forEach((part, index) => walk(part, `${path}[${index}]`, false));
      return;
    }
    const page = z
      .looseObject({
        properties: z.record(z.string(), z.unknown()).optional(),
        required: z.array(z.string()).optional(),
      })
      .safeParse(schema).data;
    if (!page) return;
    for (const [name, value] of Object.entries(page.properties ?? {})) {
      const field = fieldSchema.safeParse(value).data;
      if (field && !fields.has(name)) {
        fields.set(name, {
          ...field,
          path: `${path}.properties.${name}`,
          required: certain && (page.required ?? []).includes(name),
        });
      }
    }
    // What depends on other answers may not be asked at all, so it is never certain.
    const { dependencies } = page;
    if (typeof dependencies === 'object' && dependencies !== null) {
      for (const [name, part] of Object.entries(dependencies)) {
        walk(part, `${path}.dependencies.${name}`, false);
      }
    }
    for (const key of ['oneOf', 'anyOf', 'allOf', 'then', 'else']) {
      if (page[key]) walk(page[key], `${path}.${key}`, false);
    }
  };
  spec.parameters.forEach((page, index) =>
    walk(page, `spec.parameters[${index}]`, true),
  );
  return fields;
}
