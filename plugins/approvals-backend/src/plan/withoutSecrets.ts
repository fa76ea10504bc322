import { JsonObject, JsonValue } from '@backstage/types';

const SECRET_KEY =
  /passw|secret|token|authorization|credential|cookie|api[-_]?key/i;

/** Parameters without what goes by the name of a secret, at any depth, and the paths of what was left out. */
export function withoutSecrets(parameters: JsonObject): {
  kept: JsonObject;
  omitted: string[];
} {
  const omitted: string[] = [];
  const keep = (value: JsonValue | undefined, path: string): JsonValue => {
    if (Array.isArray(value)) {
      return value.map((item, index) => keep(item, `${path}[${index}]`));
    }
    if (value === null || typeof value !== 'object') return value ?? null;
    const kept: JsonObject = {};
    for (const [key, inner] of Object.entries(value)) {
      const at = path ? `${path}.${key}` : key;
      if (SECRET_KEY.test(key)) omitted.push(at);
      else kept[key] = keep(inner, at);
    }
    return kept;
  };
  return { kept: keep(parameters, '') as JsonObject, omitted };
}
