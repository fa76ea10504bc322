import { RecordRow } from '../model';

/** Fields to order by, nested where a field is composite; a leaf is an `OrderByDirection`. */
export type OrderBy = { [field: string]: string | OrderBy };

/** Paths of the fields that are ordered by, with their directions. */
function leaves(
  order: OrderBy,
  path: string[] = [],
): Array<[string[], string]> {
  return Object.entries(order).flatMap(([field, value]) =>
    typeof value === 'string'
      ? [[[...path, field], value] as [string[], string]]
      : leaves(value, [...path, field]),
  );
}

/** The values that a record is ordered by; its id is the last, so that no two are alike. */
export function keysOf(row: RecordRow, orderBy: OrderBy[]): unknown[] {
  const values = orderBy
    .flatMap(order => leaves(order))
    .map(([path]) =>
      path.reduce<unknown>(
        (value, field) => (value as Record<string, unknown> | null)?.[field],
        row,
      ),
    );
  return [...values.map(value => value ?? null), row.id];
}

/** Compares the values of two records, as PostgreSQL would. */
export function sorter(orderBy: OrderBy[]) {
  const directions = [
    ...orderBy.flatMap(order => leaves(order)).map(([, value]) => value),
    'AscNullsFirst',
  ];
  return (a: unknown[], b: unknown[]): number => {
    for (const [index, direction] of directions.entries()) {
      const result = compare(a[index], b[index], direction);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function compare(a: unknown, b: unknown, direction: string): number {
  if (a === b) return 0;
  const nullsFirst = direction.endsWith('NullsFirst') ? -1 : 1;
  if (a === null) return nullsFirst;
  if (b === null) return -nullsFirst;
  const ascending =
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b));
  return direction.startsWith('Desc') ? -ascending : ascending;
}
