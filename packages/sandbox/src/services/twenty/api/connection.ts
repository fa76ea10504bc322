import { RecordRow } from '../model';
import { badInput } from './errors';
import { Filter, satisfies } from './filter';

/** Arguments of a list. */
export interface ConnectionArguments {
  filter?: Filter | null;
  orderBy?: Array<Record<string, string>> | null;
  first?: number | null;
  after?: string | null;
}

/** `QUERY_MAX_RECORDS` for one page. */
const MAX_PAGE = 60;

const encode = (id: string) =>
  Buffer.from(JSON.stringify({ id })).toString('base64');

/** A page of a list, in the shape of a Relay connection with Twenty's `totalCount`. */
export function connection<T extends RecordRow>(
  rows: T[],
  { filter, orderBy, first, after }: ConnectionArguments,
) {
  const limit = first ?? MAX_PAGE;
  if (limit < 0 || limit > MAX_PAGE) {
    throw badInput(`Limit must be between 0 and ${MAX_PAGE}`);
  }
  // Soft-deleted records show only to those who ask for them.
  const wantsDeleted = JSON.stringify(filter ?? {}).includes('"deletedAt":');
  const found = rows
    .filter(row => wantsDeleted || !row.deletedAt)
    .filter(row => satisfies(row, filter ?? {}));
  for (const order of [...(orderBy ?? [])].reverse()) {
    const [[field, direction]] = Object.entries(order);
    const sign = direction.startsWith('Desc') ? -1 : 1;
    const value = (row: T) => String(row[field as keyof T] ?? '');
    found.sort((a, b) => sign * value(a).localeCompare(value(b)));
  }
  const start = after
    ? found.findIndex(({ id }) => encode(id) === after) + 1
    : 0;
  const page = found.slice(start, start + limit);
  return {
    totalCount: found.length,
    edges: page.map(node => ({ node, cursor: encode(node.id) })),
    pageInfo: {
      hasNextPage: start + limit < found.length,
      hasPreviousPage: start > 0,
      startCursor: page.length > 0 ? encode(page[0].id) : null,
      endCursor: page.length > 0 ? encode(page[page.length - 1].id) : null,
    },
  };
}
