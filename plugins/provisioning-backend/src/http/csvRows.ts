import { stringify } from 'csv-stringify/sync';

/**
 * Lines of a CSV file. Cells that a spreadsheet would take for a formula get an
 * apostrophe before them (csv-stringify's `escape_formulas`).
 */
export function csvRows(rows: (string | number | undefined)[][]): string {
  return stringify(rows, {
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
