import { badInput } from './errors';

/** A comparison, a nested field, or a combination, as Twenty's generated filter types have them. */
export type Filter = { [key: string]: unknown };

const COMPARISONS = new Set([
  'eq',
  'neq',
  'in',
  'like',
  'ilike',
  'startsWith',
  'is',
  'gt',
  'gte',
  'lt',
  'lte',
]);

/** Whether a record satisfies a filter. @throws GraphQLError for a comparison that there is not */
export function satisfies(record: unknown, filter: Filter): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (condition === undefined || condition === null) return true;
    switch (key) {
      case 'and':
        return (condition as Filter[]).every(part => satisfies(record, part));
      case 'or':
        return (condition as Filter[]).some(part => satisfies(record, part));
      case 'not':
        return !satisfies(record, condition as Filter);
      default:
        return COMPARISONS.has(key)
          ? compare(record, key, condition)
          : satisfies(fieldOf(record, key), condition as Filter);
    }
  });
}

function fieldOf(record: unknown, key: string): unknown {
  return record && typeof record === 'object'
    ? (record as Record<string, unknown>)[key]
    : undefined;
}

function compare(value: unknown, comparison: string, wanted: unknown): boolean {
  const text = String(value ?? '');
  switch (comparison) {
    case 'eq':
      return value === wanted;
    case 'neq':
      return value !== wanted;
    case 'in':
      return (wanted as unknown[]).includes(value);
    case 'like':
      return pattern(String(wanted), '').test(text);
    case 'ilike':
      return pattern(String(wanted), 'i').test(text);
    case 'startsWith':
      return text.startsWith(String(wanted));
    case 'is':
      return (value === null || value === undefined) === (wanted === 'NULL');
    case 'gt':
      return text > String(wanted);
    case 'gte':
      return text >= String(wanted);
    case 'lt':
      return text < String(wanted);
    case 'lte':
      return text <= String(wanted);
    default:
      throw badInput(`Operator "${comparison}" is not supported`);
  }
}

/** The pattern that was made last: every record of a list is compared with the same one. */
let latest = { like: '', flags: '', expression: /^$/s };

/** PostgreSQL's LIKE as a regular expression: `%`, `_`, and a backslash that takes the next character as it is. */
function pattern(like: string, flags: string): RegExp {
  if (latest.like === like && latest.flags === flags) return latest.expression;
  const source = like.replace(/\\?./gs, token => {
    if (token === '%') return '.*';
    if (token === '_') return '.';
    return token.at(-1)!.replace(/[.*+?^${}()|[\]\\]/, '\\$&');
  });
  latest = { like, flags, expression: new RegExp(`^${source}$`, `s${flags}`) };
  return latest.expression;
}
