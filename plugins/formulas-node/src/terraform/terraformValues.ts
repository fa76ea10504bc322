import { z } from 'zod';

/** The body of a block, as hcl2json gives it. */
export const block = z.record(z.string(), z.unknown());

/** The body of a block, as hcl2json gives it. */
export type Block = z.infer<typeof block>;

/** Label and body of each block of a kind. */
export function* each(named: Record<string, Block[]> | undefined) {
  for (const [label, bodies] of Object.entries(named ?? {})) {
    for (const body of bodies) yield [label, body] as const;
  }
}

/**
 * The nested blocks of a kind: those written out, and those of a `dynamic` block
 * over a list or map that is written out.
 */
export function blocks(body: Block, kind: string): Block[] {
  const dynamic = block.catch({}).parse(body.dynamic);
  return [
    ...list(body[kind]),
    ...list(dynamic[kind]).flatMap(item => expand(item, kind)),
  ];
}

function expand(dynamic: Block, kind: string): Block[] {
  const iterator = literal(dynamic.iterator) ?? kind;
  const entries = Object.entries(
    z
      .union([z.array(z.unknown()), block])
      .catch([])
      .parse(dynamic.for_each),
  );
  return list(dynamic.content).flatMap(content =>
    entries.map(([key, value]) => {
      const filled = Object.entries(content).map(([name, text]) => [
        name,
        typeof text === 'string'
          ? text
              .replaceAll(`\${${iterator}.value}`, string(value) ?? '')
              .replaceAll(`\${${iterator}.key}`, key)
          : text,
      ]);
      return Object.fromEntries(filled);
    }),
  );
}

function list(value: unknown): Block[] {
  return z.array(block).catch([]).parse(value);
}

/** A value as the API gives it: always a string. */
export function string(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A string without expressions, which the stand-in does not evaluate. */
export function literal(value: unknown): string | undefined {
  const plain = string(value);
  return plain?.includes('${') ? undefined : plain;
}

/** A number that is written out. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A map of texts. */
export function strings(value: unknown): Record<string, string> {
  const entries = Object.entries(block.catch({}).parse(value));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, string(item) ?? '']),
  );
}
