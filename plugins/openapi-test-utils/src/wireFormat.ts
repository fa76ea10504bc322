import { z } from 'zod';

/**
 * The `components.schemas` that an OpenAPI document has for zod schemas, by the
 * names that the document gives them.
 *
 * @public
 */
export function wireFormat(
  schemas: Record<string, z.ZodType>,
): Record<string, Record<string, unknown>> {
  const registry = z.registry<{ id: string }>();
  Object.entries(schemas).forEach(([id, schema]) =>
    registry.add(schema, { id }),
  );
  const generated = z.toJSONSchema(registry, {
    uri: id => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(generated.schemas).map(([id, schema]) => {
      const { $schema, $id, ...rest } = schema as Record<string, unknown>;
      return [id, rest];
    }),
  );
}
