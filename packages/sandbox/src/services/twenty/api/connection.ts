import { RecordRow } from '../model';
import { badInput } from './errors';
import { Filter, satisfies } from './filter';
import { QUERY_MAX_RECORDS } from './limits';
import { keysOf, OrderBy, sorter } from './orderBy';

/** Arguments of a list. */
export interface ConnectionArguments {
  filter?: Filter | null;
  orderBy?: OrderBy[] | null;
  first?: number | null;
  after?: string | null;
}

/**
 * A page of a list, in the shape of a Relay connection with Twenty's
 * `totalCount` (`common-find-many-query-runner.service.ts`).
 *
 * A cursor holds the values that its record is ordered by, so that a page goes
 * on at the right place although records came or went meanwhile.
 */
export function connection<T extends RecordRow>(
  rows: T[],
  { filter, orderBy, first, after }: ConnectionArguments,
) {
  const limit = first ?? QUERY_MAX_RECORDS;
  if (limit < 0) {
    throw badInput('First argument must be non-negative', {
      subCode: 'INVALID_ARGS_FIRST',
    });
  }
  // Soft-deleted records show only to those who ask for them.
  const wantsDeleted = JSON.stringify(filter ?? {}).includes('"deletedAt":');
  const order = sorter(orderBy ?? []);
  const found = rows
    .filter(row => wantsDeleted || !row.deletedAt)
    .filter(row => satisfies(row, filter ?? {}))
    .map(row => ({ row, keys: keysOf(row, orderBy ?? []) }))
    .sort((a, b) => order(a.keys, b.keys));
  const start = after ? decode(after) : undefined;
  const left = start
    ? found.filter(({ keys }) => order(keys, start) > 0)
    : found;
  const edges = left.slice(0, limit).map(({ row, keys }) => ({
    node: row,
    cursor: Buffer.from(JSON.stringify(keys)).toString('base64'),
  }));
  return {
    totalCount: found.length,
    edges,
    pageInfo: {
      hasNextPage: left.length > edges.length,
      hasPreviousPage: left.length < found.length,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function decode(cursor: string): unknown[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString());
    if (Array.isArray(keys)) return keys;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badInput(`Invalid cursor: ${cursor}`, { subCode: 'INVALID_CURSOR' });
}
