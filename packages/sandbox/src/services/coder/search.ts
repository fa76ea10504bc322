import { CoderAnswer } from './answers';

/**
 * Splits a search such as `status:active anna` into its terms, as
 * coderd/searchquery/search.go does: `key:value` pairs, quotes around spaces, a
 * bare word under `bareKey`.
 *
 * @throws CoderAnswer 400 with the message given, for a term that can't be read or a key that is not known
 */
export function searchTerms(
  query: string,
  bareKey: string,
  known: string[],
  message: string,
): Record<string, string> {
  const refuse = (field: string, detail: string) =>
    new CoderAnswer(400, message, undefined, [{ field, detail }]);
  const terms: Record<string, string> = {};
  for (const element of split(query.toLowerCase(), ' ')) {
    if (element.startsWith(':') || element.endsWith(':')) {
      throw refuse(
        'q',
        `Query element "${element}" cannot start or end with ':'`,
      );
    }
    const parts = split(element, ':');
    if (parts.length > 2) {
      throw refuse('q', `Query element "${element}" can only contain 1 ':'`);
    }
    const [key, value] = parts.length === 1 ? [bareKey, element] : parts;
    if (!known.includes(key)) {
      throw refuse(key, `"${key}" is not a valid query param`);
    }
    terms[key] = value.replace(/^"|"$/g, '');
  }
  return terms;
}

function split(text: string, delimiter: string): string[] {
  const parts = [''];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === delimiter && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter(Boolean);
}

/** `limit`, `offset` and `after_id` of a list; 0 is no limit (coderd/pagination.go). */
export function page<T extends { id: string }>(
  rows: T[],
  query: Record<string, unknown>,
): T[] {
  const limit = count(query.limit, 'limit');
  const offset = count(query.offset, 'offset');
  const after = rows.findIndex(row => row.id === query.after_id);
  const from = after + 1 + offset;
  return rows.slice(from, limit > 0 ? from + limit : undefined);
}

function count(value: unknown, field: string): number {
  if (value === undefined || value === '') return 0;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 0) {
    throw new CoderAnswer(
      400,
      'Query parameters have invalid values.',
      undefined,
      [
        {
          field,
          detail: `Query param "${field}" must be a valid positive integer: ${String(
            value,
          )}`,
        },
      ],
    );
  }
  return parsed;
}
