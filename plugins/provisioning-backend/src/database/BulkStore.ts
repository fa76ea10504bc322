import {
  BulkJob,
  BulkLine,
  BulkLineState,
  BulkOperation,
  BulkPreviewLine,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';

interface JobRow {
  id: string;
  operation: BulkOperation;
  reason: string | null;
  requested_by: string;
  source: BulkJob['source'];
  group_ref: string | null;
  total_lines: number;
  created_at: Date;
}

interface LineRow {
  line: number;
  given: string;
  user_ref: string | null;
  services: ServiceId[] | null;
  state: BulkLineState;
  message: string | null;
  run_id: string | null;
}

/** A line whose run is to begin. */
export interface WaitingLine {
  line: number;
  userRef: string;
  services?: ServiceId[];
  /** How often it could not be begun. */
  attempts: number;
}

const NONE: BulkJob['counts'] = {
  waiting: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  unchanged: 0,
  suspended: 0,
  refused: 0,
};

const INSERT_BATCH = 1_000;

/** A line's state is its run's, once it has one. */
const STATE = `case when l.state = 'begun' then r.state else l.state end`;

function toLine(row: LineRow): BulkLine {
  return {
    line: row.line,
    given: row.given,
    userRef: row.user_ref ?? undefined,
    services: row.services ?? undefined,
    state: row.state,
    message: row.message ?? undefined,
    runId: row.run_id ?? undefined,
  };
}

/** What a job is made of besides its lines. */
export type NewBulkJob = Pick<
  BulkJob,
  'operation' | 'reason' | 'requestedBy' | 'source' | 'group'
>;

/** What was asked for many people at once, and its lines. */
export class BulkStore {
  constructor(private readonly db: Knex) {}

  /** Keeps lines; every one is answered for from here on. */
  async create(job: NewBulkJob, lines: BulkPreviewLine[]): Promise<string> {
    const [{ id }] = await this.db('bulk_jobs')
      .insert({
        operation: job.operation,
        reason: job.reason ?? null,
        requested_by: job.requestedBy,
        source: job.source,
        group_ref: job.group ?? null,
        total_lines: lines.length,
      })
      .returning('id');
    for (let at = 0; at < lines.length; at += INSERT_BATCH) {
      await this.db('bulk_lines').insert(
        lines.slice(at, at + INSERT_BATCH).map(line => ({
          job_id: id,
          line: line.line,
          given: line.given,
          user_ref: line.userRef ?? null,
          services: line.services ? JSON.stringify(line.services) : null,
          state: line.verdict === job.operation ? 'waiting' : line.verdict,
          message: line.message ?? null,
        })),
      );
    }
    return id;
  }

  async find(id: string): Promise<BulkJob | undefined> {
    const row = await this.db<JobRow>('bulk_jobs').where({ id }).first();
    return row && (await this.withCounts([row]))[0];
  }

  /** Those of some operations, newest first. */
  async listJobs(
    operations: BulkOperation[],
    page: { limit: number; offset: number },
  ): Promise<{ items: BulkJob[]; totalItems: number }> {
    const matching = this.db<JobRow>('bulk_jobs').whereIn(
      'operation',
      operations,
    );
    const [{ count }] = await matching
      .clone()
      .count<{ count: string }[]>({ count: '*' });
    const rows = await matching
      .orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id' }])
      .limit(page.limit)
      .offset(page.offset);
    return { items: await this.withCounts(rows), totalItems: Number(count) };
  }

  private async withCounts(jobs: JobRow[]): Promise<BulkJob[]> {
    const rows: { job_id: string; state: BulkLineState; count: string }[] =
      await this.lines(jobs.map(({ id }) => id))
        .select('l.job_id', { state: this.db.raw(STATE) })
        .count({ count: '*' })
        .groupByRaw(`l.job_id, ${STATE}`);
    return jobs.map(job => {
      const counts = { ...NONE };
      for (const { job_id, state, count } of rows) {
        if (job_id === job.id) counts[state] = Number(count);
      }
      return {
        id: job.id,
        state: counts.waiting + counts.running > 0 ? 'running' : 'finished',
        operation: job.operation,
        reason: job.reason ?? undefined,
        requestedBy: job.requested_by,
        source: job.source,
        group: job.group_ref ?? undefined,
        createdAt: job.created_at.toISOString(),
        totalLines: job.total_lines,
        counts,
      };
    });
  }

  /** Lines in the order of the file. */
  async list(
    id: string,
    filter: { state?: BulkLineState; limit: number; offset: number },
  ): Promise<{ items: BulkLine[]; totalItems: number }> {
    const matching = this.lines([id]);
    if (filter.state) matching.whereRaw(`${STATE} = ?`, [filter.state]);
    const [{ count }] = await matching
      .clone()
      .count<{ count: string }[]>({ count: '*' });
    const rows = await this.selected(matching)
      .limit(filter.limit)
      .offset(filter.offset);
    return { items: rows.map(toLine), totalItems: Number(count) };
  }

  /** Lines after a given one, in the order of the file. */
  async listAfter(
    id: string,
    page: { after: number; limit: number },
  ): Promise<BulkLine[]> {
    const rows = await this.selected(
      this.lines([id]).where('l.line', '>', page.after),
    ).limit(page.limit);
    return rows.map(toLine);
  }

  /** Lines that are to begin; those that were not yet tried come first. */
  async listWaiting(id: string, limit: number): Promise<WaitingLine[]> {
    const rows = await this.db('bulk_lines')
      .where({ job_id: id, state: 'waiting' })
      .orderBy(['attempts', 'line'])
      .limit(limit);
    return rows.map(row => ({
      line: row.line,
      userRef: row.user_ref,
      services: row.services ?? undefined,
      attempts: row.attempts,
    }));
  }

  /** Notes the run of a line that waits; false when it does not wait any more. */
  async begin(id: string, line: number, runId: string): Promise<boolean> {
    return this.answer(id, line, {
      state: 'begun',
      run_id: runId,
      message: null,
    });
  }

  /** Notes why a line that waits leads to nothing. */
  async refuse(id: string, line: number, message: string): Promise<boolean> {
    return this.answer(id, line, { state: 'refused', message });
  }

  /** Notes why a line that waits is tried again. */
  async postpone(id: string, line: number, message: string): Promise<void> {
    await this.db('bulk_lines')
      .where({ job_id: id, line, state: 'waiting' })
      .update({ message, attempts: this.db.raw('attempts + 1') });
  }

  private async answer(id: string, line: number, change: object) {
    const changed = await this.db('bulk_lines')
      .where({ job_id: id, line, state: 'waiting' })
      .update(change);
    return changed === 1;
  }

  private lines(ids: string[]) {
    return this.db({ l: 'bulk_lines' })
      .leftJoin({ r: 'runs' }, 'r.id', 'l.run_id')
      .whereIn('l.job_id', ids);
  }

  private selected(query: Knex.QueryBuilder): Knex.QueryBuilder {
    return query
      .select('l.line', 'l.given', 'l.user_ref', 'l.services', 'l.run_id', {
        state: this.db.raw(STATE),
        message: this.db.raw('coalesce(l.message, r.message)'),
      })
      .orderBy('l.line');
  }
}
