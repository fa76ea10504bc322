import {
  RunKind,
  RunState,
  ServiceId,
  Step,
  StepOutcome,
  StepState,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';
import { prepared } from './prepared';

interface StepRow {
  id: string;
  run_id: string;
  service: string;
  state: StepState;
  outcome: StepOutcome | null;
  message: string | null;
  attempts: number;
  position: number;
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

/** Whose a step is, and what its run does. */
export interface StepOwner {
  runId: string;
  personId: string;
  kind: RunKind;
  runState: RunState;
  service: ServiceId;
}

/** An account that a run has made. */
export interface CreatedAccount {
  service: ServiceId;
  /** Id of a run that has looked after the account since, other than to take it back. */
  touchedBy?: string;
}

const OPEN: StepState[] = ['pending', 'running', 'waiting'];

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

/** Columns of a {@link StoredStep}. */
const STORED = ['id', 'run_id', 'service', 'attempts', 'deadline_at'] as const;

function toStored(row: Pick<StepRow, (typeof STORED)[number]>): StoredStep {
  return {
    id: row.id,
    runId: row.run_id,
    service: row.service,
    attempts: row.attempts,
    deadline: row.deadline_at.getTime(),
  };
}

function inOrder(rows: StepRow[]): StepRow[] {
  return [...rows].sort((a, b) => a.position - b.position);
}

/**
 * The steps of runs. Whoever changes steps locks their run first: in any other
 * order two of them could wait for each other for ever.
 */
export class StepStore {
  constructor(private readonly db: Knex) {}

  /** Adds steps for the services that the run has none for; returns the new ones, in the order of the services. */
  async add(
    runId: string,
    services: ServiceId[],
    deadlineMs: number,
  ): Promise<StoredStep[]> {
    if (services.length === 0) return [];
    const rows: StepRow[] = await this.db('steps')
      .insert(
        services.map((service, position) => ({
          run_id: runId,
          service,
          position,
          state: 'pending',
          deadline_at: this.inMs(deadlineMs),
        })),
      )
      .onConflict(['run_id', 'service'])
      .ignore()
      .returning('*');
    return inOrder(rows).map(toStored);
  }

  /** Whose a step is; until the transaction ends, its run cannot change. */
  async lockOwner(stepId: string): Promise<StepOwner | undefined> {
    return this.db('steps')
      .join('runs', 'runs.id', 'steps.run_id')
      .where('steps.id', stepId)
      .forShare('runs')
      .options(prepared('lock-owner'))
      .first({
        runId: 'runs.id',
        personId: 'runs.person_id',
        kind: 'runs.kind',
        runState: 'runs.state',
        service: 'steps.service',
      });
  }

  /** A step that is not done with. */
  async findOpen(
    stepId: string,
  ): Promise<(StoredStep & { state: StepState }) | undefined> {
    const row: StepRow | undefined = await this.open(stepId).first();
    return row && { ...toStored(row), state: row.state };
  }

  /** Ends a step that did not succeed; whether it was still open. */
  async fail(stepId: string, message: string): Promise<boolean> {
    const changed = await this.open(stepId).update({
      state: 'failed',
      outcome: null,
      message,
      next_attempt_at: null,
      finished_at: this.db.fn.now(),
    });
    return changed > 0;
  }

  /** Lets a step wait for its next attempt. */
  async postpone(
    stepId: string,
    wait: { message: string; delayMs: number },
  ): Promise<void> {
    await this.open(stepId).update({
      state: 'waiting',
      message: wait.message,
      next_attempt_at: this.inMs(wait.delayMs),
    });
  }

  /** Takes back an attempt that was cut off when the process stopped. */
  async release(stepId: string): Promise<void> {
    await this.db('steps')
      .where({ id: stepId, state: 'running' })
      .update({ state: 'pending', attempts: this.db.raw('attempts - 1') });
  }

  /** Ends the steps of a run that nobody works on right now. */
  async cancelIdle(runId: string): Promise<void> {
    await this.db('steps')
      .where({ run_id: runId })
      .whereIn('state', ['pending', 'waiting'])
      .update({
        state: 'cancelled',
        next_attempt_at: null,
        finished_at: this.db.fn.now(),
      });
  }

  /** Opens the steps of a run again that did not succeed. */
  async reopen(runId: string, deadlineMs: number): Promise<StoredStep[]> {
    const rows: StepRow[] = await this.db('steps')
      .where({ run_id: runId })
      .whereIn('state', ['failed', 'cancelled'])
      .update({
        state: 'pending',
        message: null,
        attempts: 0,
        deadline_at: this.inMs(deadlineMs),
        started_at: null,
        finished_at: null,
      })
      .returning('*');
    return inOrder(rows).map(toStored);
  }

  /** The first step of a run that has not begun, by position. */
  async nextPending(runId: string): Promise<StoredStep | undefined> {
    const row = await this.db<StepRow>('steps')
      .where({ run_id: runId, state: 'pending' })
      .orderBy('position')
      .first();
    return row && toStored(row);
  }

  /** Whether a service is at work on a step of a run right now. */
  async isAtWork(runId: string): Promise<boolean> {
    const row = await this.db('steps')
      .where({ run_id: runId, state: 'running' })
      .first('id');
    return row !== undefined;
  }

  /** The accounts that a run has made, the newest first. */
  async listCreated(runId: string): Promise<CreatedAccount[]> {
    const later = this.db('steps as s')
      .join('runs as r', 'r.id', 's.run_id')
      .whereRaw('r.person_id = runs.person_id and r.id <> runs.id')
      .whereRaw('r.rolls_back is distinct from runs.id')
      .whereRaw('s.service = steps.service and s.attempts > 0')
      .whereRaw('s.started_at >= steps.finished_at')
      .limit(1)
      .select('r.id');
    const rows: Array<{ service: string; touched_by: string | null }> =
      await this.db('steps')
        .join('runs', 'runs.id', 'steps.run_id')
        .where({
          'runs.id': runId,
          'steps.state': 'succeeded',
          'steps.outcome': 'created',
        })
        .orderBy('steps.finished_at', 'desc')
        .select('steps.service', { touched_by: later });
    return rows.map(row => ({
      service: row.service,
      touchedBy: row.touched_by ?? undefined,
    }));
  }

  /** What a run has come to: undefined while some of its steps are not done with. */
  async outcomeOf(runId: string): Promise<'succeeded' | 'failed' | undefined> {
    const steps = await this.db<StepRow>('steps')
      .where({ run_id: runId })
      .select('state')
      .options(prepared('steps-of-run'));
    if (steps.some(step => OPEN.includes(step.state))) return undefined;
    return steps.some(step => step.state === 'failed') ? 'failed' : 'succeeded';
  }

  /** The steps of several runs, by the id of each. */
  async listOf(runIds: string[]): Promise<Map<string, Step[]>> {
    const rows = await this.db<StepRow>('steps')
      .join('runs', 'runs.id', 'steps.run_id')
      .whereIn('run_id', runIds)
      .orderByRaw(
        `case when runs.kind = 'rollback' then steps.position end, steps.service`,
      )
      .select('steps.*');
    const byRun = new Map<string, Step[]>();
    for (const row of rows) {
      byRun.set(row.run_id, [...(byRun.get(row.run_id) ?? []), toStep(row)]);
    }
    return byRun;
  }

  private open(stepId: string) {
    return this.db('steps').where({ id: stepId }).whereIn('state', OPEN);
  }

  private inMs(ms: number) {
    return this.db.raw(`now() + ? * interval '1 millisecond'`, [ms]);
  }
}
