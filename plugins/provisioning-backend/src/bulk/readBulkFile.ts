import { InputError } from '@backstage/errors';
import { BULK_MAX_LINES } from '@formulary/plugin-provisioning-common';
import { CsvError, parse } from 'csv-parse/sync';
import { isEmail } from './whom';

const COLUMNS = ['user', 'email', 'services'];

/** A line as the file has it. */
export interface BulkFileLine {
  /** Number of the line in the file; the header is 1. */
  line: number;
  /** Ref or username; empty when the line has none. */
  user: string;
  /** In lower case; empty when the line has none. */
  email: string;
  /** All that are set up when empty. */
  services: string[];
  /** What is wrong with the line's form, for people. */
  problem?: string;
}

/**
 * Reads a CSV file of people.
 *
 * @throws InputError when the file as a whole cannot be used, with what to do
 */
export function readBulkFile(content: Buffer): BulkFileLine[] {
  const text = decode(content);
  // PostgreSQL keeps no such character, and no name has one.
  if (text.includes('\0')) {
    throw new InputError('The file is not text. Save it as "CSV UTF-8"');
  }
  const records = parseRecords(text);
  const [header, ...lines] = records;
  if (!header) {
    throw new InputError(
      'The file is empty. Its first line names the columns: user or email, and services if you like',
    );
  }
  const columns = header.record.map(name => name.trim().toLowerCase());
  checkColumns(columns);
  if (lines.length === 0) {
    throw new InputError('The file has a header and no line of a person');
  }
  if (lines.length > BULK_MAX_LINES) {
    throw new InputError(
      `The file has ${lines.length} lines of people; ${BULK_MAX_LINES} is the most. Divide it into several files`,
    );
  }
  return lines.map(({ line, record }) => toLine(line, record, columns));
}

function decode(content: Buffer): string {
  try {
    // Takes the byte order mark away, too.
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    throw new InputError(
      'The file is not UTF-8. Save it as "CSV UTF-8" and try again',
      error,
    );
  }
}

function parseRecords(text: string): { line: number; record: string[] }[] {
  try {
    // A record that a quoted line break makes longer has the number of its last line.
    const parsed: unknown = parse(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    return (parsed as { info: { lines: number }; record: string[] }[]).map(
      ({ info, record }) => ({ line: info.lines, record }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError(`The file is not CSV: ${error.message}`);
  }
}

function checkColumns(columns: string[]): void {
  const unknown = columns.filter(name => !COLUMNS.includes(name));
  if (unknown.length > 0) {
    throw new InputError(
      `The first line names the column "${
        unknown[0]
      }", which is none of ${COLUMNS.join(
        ', ',
      )}. Columns are separated by commas`,
    );
  }
  if (new Set(columns).size < columns.length) {
    throw new InputError('The first line names a column twice');
  }
  if (!columns.includes('user') && !columns.includes('email')) {
    throw new InputError(
      'The file has no column "user" and no column "email"; one of them says who is meant',
    );
  }
}

function toLine(
  line: number,
  record: string[],
  columns: string[],
): BulkFileLine {
  const cell = (name: string) => {
    const index = columns.indexOf(name);
    return index === -1 ? '' : record[index]?.trim() ?? '';
  };
  return {
    line,
    ...byUserOrEmail(cell('user'), cell('email')),
    services: cell('services')
      .split(';')
      .map(service => service.trim())
      .filter(Boolean),
    problem: problemOf(record, columns),
  };
}

/** Whom two cells name. No username has the form of an address, so one in its place is meant as such. */
export function byUserOrEmail(
  user: string,
  email: string,
): Pick<BulkFileLine, 'user' | 'email'> {
  return !email && isEmail(user)
    ? { user: '', email: user.toLowerCase() }
    : { user, email: email.toLowerCase() };
}

function problemOf(record: string[], columns: string[]): string | undefined {
  if (record.length > columns.length) {
    return `The line has ${record.length} columns, the header ${columns.length}. Put what holds a comma in double quotes; separate services by semicolons`;
  }
  if (record.length < columns.length) {
    const missing = columns.slice(record.length);
    return `The line has no column "${missing[0]}". Write a comma for each column, also for an empty one`;
  }
  return undefined;
}
