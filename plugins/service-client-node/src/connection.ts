import { z } from 'zod';

/** The system's code of a failed `fetch`, such as `ECONNREFUSED`. */
function errorCode(error: unknown): string | undefined {
  return z.object({ cause: z.object({ code: z.string() }) }).safeParse(error)
    .data?.cause.code;
}

/** Whether the connection failed before anything was sent. */
export function neverSent(error: unknown) {
  return [
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
  ].includes(errorCode(error) ?? '');
}

/** What went wrong with a connection, for people. */
export function connectionMessage(error: unknown) {
  const code = errorCode(error);
  switch (code) {
    case 'ECONNREFUSED':
      return 'it is not running or not reachable (connection refused)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name of its host is not known';
    case undefined:
      return 'the connection failed';
    default:
      return `the connection failed (${code})`;
  }
}
