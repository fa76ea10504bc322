import { z } from 'zod';

/** Something that is wrong with a bundle. */
export interface Problem {
  /** Path inside the bundle, with forward slashes. */
  file: string;
  /** Where in the file, such as `spec.steps[2].action`; absent when it is about all of it. */
  path?: string;
  /** What is wrong and what would be right, for people. */
  reason: string;
}

/** A problem on one line: file, place in it, reason. */
export function lineOf({ file, path, reason }: Problem): string {
  return path ? `${file}: ${path}: ${reason}` : `${file}: ${reason}`;
}

/** Keys of a document as one path, such as `spec.steps[2].action`. */
export function pathOf(keys: ReadonlyArray<PropertyKey>): string {
  return keys.reduce<string>(
    (path, key) =>
      typeof key === 'number'
        ? `${path}[${key}]`
        : `${path}${path && '.'}${String(key)}`,
    '',
  );
}

/** What a schema says of a file, one problem an issue. */
export function schemaProblems(file: string, error: z.ZodError): Problem[] {
  return error.issues.map(issue => ({
    file,
    path: pathOf(issue.path) || undefined,
    reason: reasonOf(issue),
  }));
}

function reasonOf(issue: z.core.$ZodIssue): string {
  // Why a key of a record is refused stands one level deeper.
  return issue.code === 'invalid_key'
    ? issue.issues.map(({ message }) => message).join('; ')
    : issue.message;
}
