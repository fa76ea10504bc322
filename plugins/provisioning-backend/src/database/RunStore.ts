import {
  Run,
  RunKind,
  RunSource,
  RunState,
  ServiceId,
  Step,
  StepOutcome,
  StepState,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';

interface RunRow {
  id: string;
  kind: RunKind;
  state: RunState;
  source: RunSource;
  requested_by: string;
  person_id: string;
  message: string | null;
  created_at: Date;
  finished_at: Date | null;
}

interface StepRow {
  id: string;
  run_id: string;
  service: string;
  state: StepState;
  outcome: StepOutcome | null;
  message: string | null;
  attempts: number;
  deadline_at: Date;
  next_attempt_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
}

/** A step as the engine sees it. */
export interface StoredStep {
  id: string;
  runId: string;
  service: ServiceId;
  attempts: number;
  /** Milliseconds since the epoch after which the step is not tried again. */
  deadline: number;
}

const OPEN_STEPS: StepState[] = ['pending', 'running', 'waiting'];

function toStep(row: StepRow): Step {
  return {
    id: row.id,
    service: row.service,
    state: row.state,
    outcome: row.outcome ?? undefined,
    message: row.message ?? undefined,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString(),
    startedAt: row.started_at?.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
  };
}

function toRun(
  row: RunRow & { user_ref: string | null; organisation: string },
  steps: StepRow[],
): Run {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    source: row.source,
    requestedBy: row.requested_by,
    userRef: row.user_ref ?? '',
    organisation: row.organisation,
    message: row.message ?? undefined,
    steps: steps.filter(step => step.run_id === row.id).map(toStep),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
  };
}

/** Runs and their steps. */
export class RunStore {
  constructor(private readonly db: Knex) {}

  async create(run: {
    kind: RunKind;
    source: RunSource;
    requestedBy: string;
    personId: string;
  }): Promise<string> {
    const [{ id }] = await this.db<RunRow>('runs')
      .insert({
        kind: run.kind,
        state: 'running',
        source: run.source,
        requested_by: run.requestedBy,
        person_id: run.personId,
      })
      .returning('id');
    return id;
  }

  /** Adds steps for the services that the run has none for; returns the new ones. */
  async addSteps(
    runId: string,
    services: ServiceId[],
    deadlineMs: number,
  ): Promise<StoredStep[]> {
    if (services.length === 0) return [];
    const rows: StepRow[] = await this.db('steps')
      .insert(
        services.map(service => ({
          run_id: runId,
          service,
          state: 'pending',
          deadline_at: this.inMs(deadlineMs),
        })),
      )
      .onConflict(['run_id', 'service'])
      .ignore()
      .returning('*');
    return rows.map(row => this.toStored(row));
  }

  /** The person's run that is under way, locked until the transaction ends. */
  async lockUnderWay(personId: string): Promise<string | undefined> {
    const row = await this.db<RunRow>('runs')
      .where({ person_id: personId, state: 'running' })
      .forUpdate()
      .first();
    return row?.id;
  }

  /** Locks a run until the transaction ends. */
  async lock(
    runId: string,
  ): Promise<{ state: RunState; personId: string } | undefined> {
    const row = await this.db<RunRow>('runs')
      .where({ id: runId })
      .forUpdate()
      .first();
    return row && { state: row.state, personId: row.person_id };
  }

  /**
   * Locks the run of a step until the transaction ends. Whoever changes steps
   * locks their run first: in any other order two of them could wait for each
   * other for ever.
   */
  async lockOfStep(stepId: string): Promise<{ personId: string } | undefined> {
    const row = await this.db<StepRow>('steps').where({ id: stepId }).first();
    return row && this.lock(row.run_id);
  }

  /** Counts an attempt of a step, or undefined when the step is done with. */
  async beginStep(stepId: string): Promise<StoredStep | undefined> {
    const [row] = await this.db<StepRow>('steps')
      .where({ id: stepId })
      .whereIn('state', OPEN_STEPS)
      .update({
        state: 'running',
        attempts: this.db.raw('attempts + 1'),
        started_at: this.db.raw('coalesce(started_at, now())'),
        next_attempt_at: null,
      })
      .returning('*');
    return row && this.toStored(row);
  }

  /** Whether the step was still open, and is now done with. */
  async finishStep(
    stepId: string,
    result:
      | { state: 'succeeded'; outcome: StepOutcome }
      | { state: 'failed'; message: string },
  ): Promise<boolean> {
    const changed = await this.db<StepRow>('steps')
      .where({ id: stepId })
      .whereIn('state', OPEN_STEPS)
      .update({
        state: result.state,
        outcome: result.state === 'succeeded' ? result.outcome : null,
        message: result.state === 'failed' ? result.message : null,
        finished_at: this.db.fn.now(),
      });
    return changed > 0;
  }

  /** Lets a step wait for its next attempt. */
  async postponeStep(
    stepId: string,
    wait: { message: string; delayMs: number },
  ): Promise<void> {
    await this.db('steps')
      .where({ id: stepId })
      .whereIn('state', OPEN_STEPS)
      .update({
        state: 'waiting',
        message: wait.message,
        next_attempt_at: this.inMs(wait.delayMs),
      });
  }

  /** Takes back an attempt that was cut off when the process stopped. */
  async releaseStep(stepId: string): Promise<void> {
    await this.db('steps')
      .where({ id: stepId, state: 'running' })
      .update({ state: 'pending', attempts: this.db.raw('attempts - 1') });
  }

  /** Opens the failed steps of a run again. */
  async reopen(runId: string, deadlineMs: number): Promise<StoredStep[]> {
    const rows: StepRow[] = await this.db('steps')
      .where({ run_id: runId, state: 'failed' })
      .update({
        state: 'pending',
        message: null,
        attempts: 0,
        deadline_at: this.inMs(deadlineMs),
        started_at: null,
        finished_at: null,
      })
      .returning('*');
    await this.db('runs')
      .where({ id: runId })
      .update({ state: 'running', message: null, finished_at: null });
    return rows.map(row => this.toStored(row));
  }

  /** Ends a run whose steps are all done with; undefined when some are not. */
  async finishWhenDone(runId: string): Promise<RunState | undefined> {
    const steps = await this.db<StepRow>('steps').where({ run_id: runId });
    if (steps.some(step => OPEN_STEPS.includes(step.state))) return undefined;
    const state = steps.some(step => step.state === 'failed')
      ? 'failed'
      : 'succeeded';
    await this.db('runs')
      .where({ id: runId })
      .update({ state, finished_at: this.db.fn.now() });
    return state;
  }

  /** Ends a run that cannot be carried out. */
  async refuse(runId: string, message: string): Promise<void> {
    await this.db('runs')
      .where({ id: runId })
      .update({ state: 'failed', message, finished_at: this.db.fn.now() });
  }

  async find(runId: string): Promise<Run | undefined> {
    const [run] = await this.withSteps(this.query().where('runs.id', runId));
    return run;
  }

  async findLatestOf(personId: string): Promise<Run | undefined> {
    const [run] = await this.withSteps(
      this.query()
        .where('runs.person_id', personId)
        .orderBy('runs.created_at', 'desc')
        .limit(1),
    );
    return run;
  }

  /** Runs, newest first. */
  async list(filter: {
    state?: RunState;
    userRef?: string;
    limit: number;
    offset: number;
  }): Promise<{ items: Run[]; totalItems: number }> {
    const matching = this.query();
    if (filter.state) matching.where('runs.state', filter.state);
    if (filter.userRef) matching.where('persons.user_ref', filter.userRef);
    const [{ count }] = await matching
      .clone()
      .clearSelect()
      .count<{ count: string }[]>({ count: '*' });
    const items = await this.withSteps(
      matching
        .orderBy([
          { column: 'runs.created_at', order: 'desc' },
          { column: 'runs.id' },
        ])
        .limit(filter.limit)
        .offset(filter.offset),
    );
    return { items, totalItems: Number(count) };
  }

  private query() {
    return this.db('runs')
      .join('persons', 'persons.id', 'runs.person_id')
      .select('runs.*', 'persons.user_ref', 'persons.organisation');
  }

  private async withSteps(
    query: ReturnType<RunStore['query']>,
  ): Promise<Run[]> {
    const rows = await query;
    const steps = await this.db<StepRow>('steps')
      .whereIn(
        'run_id',
        rows.map(row => row.id),
      )
      .orderBy('service');
    return rows.map(row => toRun(row, steps));
  }

  private toStored(row: StepRow): StoredStep {
    return {
      id: row.id,
      runId: row.run_id,
      service: row.service,
      attempts: row.attempts,
      deadline: row.deadline_at.getTime(),
    };
  }

  private inMs(ms: number) {
    return this.db.raw(`now() + ? * interval '1 millisecond'`, [ms]);
  }
}
