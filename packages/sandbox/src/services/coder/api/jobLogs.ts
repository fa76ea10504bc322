import { CoderAnswer } from '../answers';
import { JobLog, JobRow } from '../model';

/**
 * The log of a job after a line's id, all of it without `after` (coderd/provisionerjobs.go).
 *
 * `follow`, a WebSocket in Coder, is refused: nothing of ours asks for it.
 */
export function jobLogs(job: JobRow, query: Record<string, unknown>): JobLog[] {
  if (query.follow !== undefined) {
    throw new CoderAnswer(
      400,
      'Failed to accept websocket.',
      'The sandbox does not stream; ask again with "after".',
    );
  }
  const after =
    query.after === undefined || query.after === '' ? 0 : Number(query.after);
  if (!Number.isInteger(after)) {
    throw new CoderAnswer(
      400,
      'Query param "after" must be an integer.',
      undefined,
      [{ field: 'after', detail: 'Must be an integer' }],
    );
  }
  return job.logs.filter(line => line.id > after);
}
