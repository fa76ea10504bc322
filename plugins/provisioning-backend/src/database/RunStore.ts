import {
  Run,
  RunKind,
  RunSource,
  RunState,
  ServiceId,
  Step,
} from '@formulary/plugin-provisioning-common';
import { Knex } from 'knex';
import { NoteChange } from '../observing/RunChange';
import { StepStore } from './StepStore';
import { prepared } from './prepared';

interface RunRow {
  id: string;
  kind: RunKind;
  state: RunState;
  source: RunSource;
  requested_by: string;
  person_id: string;
  message: string | null;
  rolls_back: string | null;
  created_at: Date;
  finished_at: Date | null;
}

/** A run as the engine sees it. */
export interface StoredRun {
  id: string;
  kind: RunKind;
  state: RunState;
  personId: string;
  /** Id of the run that this one takes back. */
  rollsBack?: string;
}

function toRun(
  row: RunRow & {
    user_ref: string | null;
    organisation: string;
    rolled_back_by: string | null;
  },
  steps: Step[],
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
    rollsBack: row.rolls_back ?? undefined,
    rolledBackBy: row.rolled_back_by ?? undefined,
    steps,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
  };
}

/** Columns of a {@link StoredRun}. */
const STORED = ['id', 'kind', 'state', 'person_id', 'rolls_back'] as const;

function toStored(row: Pick<RunRow, (typeof STORED)[number]>): StoredRun {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    personId: row.person_id,
    rollsBack: row.rolls_back ?? undefined,
  };
}

/** Runs; their steps are in the {@link StepStore}. */
export class RunStore {
  constructor(
    private readonly db: Knex,
    private readonly steps: StepStore,
    private readonly note: NoteChange,
  ) {}

  async create(run: {
    kind: RunKind;
    source: RunSource;
    requestedBy: string;
    personId: string;
    message?: string;
    rollsBack?: string;
  }): Promise<string> {
    const [{ id }] = await this.db<RunRow>('runs')
      .insert({
        kind: run.kind,
        state: 'running',
        source: run.source,
        requested_by: run.requestedBy,
        person_id: run.personId,
        message: run.message ?? null,
        rolls_back: run.rollsBack ?? null,
      })
      .returning('id')
      .options(prepared('create-run'));
    this.note({
      type: 'run.created',
      runId: id,
      personId: run.personId,
      kind: run.kind,
      source: run.source,
    });
    return id;
  }

  /** The person's run that is under way, locked until the transaction ends. */
  async lockUnderWay(personId: string): Promise<StoredRun | undefined> {
    const row = await this.db<RunRow>('runs')
      .where({ person_id: personId, state: 'running' })
      .forUpdate()
      .first(...STORED)
      .options(prepared('lock-run-under-way'));
    return row && toStored(row);
  }

  /** Those of some persons for whom a run is under way. */
  async personsUnderWay(personIds: string[]): Promise<Set<string>> {
    const rows = await this.db<RunRow>('runs')
      .where({ state: 'running' })
      .whereIn('person_id', personIds)
      .select('person_id');
    return new Set(rows.map(row => row.person_id));
  }

  /** Locks a run until the transaction ends. */
  async lock(runId: string): Promise<StoredRun | undefined> {
    const row = await this.db<RunRow>('runs')
      .where({ id: runId })
      .forUpdate()
      .first(...STORED)
      .options(prepared('lock-run'));
    return row && toStored(row);
  }

  /** The run that takes a run back, if there is one. */
  async findRollbackOf(runId: string): Promise<StoredRun | undefined> {
    const row = await this.db<RunRow>('runs')
      .where({ rolls_back: runId })
      .orderBy('created_at', 'desc')
      .first();
    return row && toStored(row);
  }

  /** Id of the person whom a run is about. */
  async findPersonOf(runId: string): Promise<string | undefined> {
    const row = await this.db<RunRow>('runs')
      .where({ id: runId })
      .first('person_id');
    return row?.person_id;
  }

  /** Lets a run that has ended go on. */
  async reopen(runId: string): Promise<void> {
    const [row] = await this.db<RunRow>('runs')
      .where({ id: runId })
      .update({ state: 'running', message: null, finished_at: null })
      .returning('*');
    if (!row) return;
    const { personId, kind } = toStored(row);
    this.note({ type: 'run.reopened', runId, personId, kind });
  }

  /** Ends a run that is under way. */
  async finish(
    runId: string,
    state: Exclude<RunState, 'running'>,
    message?: string,
  ): Promise<void> {
    const [row]: RunRow[] = await this.db('runs')
      .where({ id: runId, state: 'running' })
      .update({
        state,
        finished_at: this.db.fn.now(),
        ...(message === undefined ? {} : { message }),
      })
      .returning('*');
    if (!row) return;
    const { personId, kind } = toStored(row);
    this.note({ type: 'run.ended', runId, personId, kind, state });
  }

  /** Whether another run than this has prepared an account of the person before. */
  async hasPrepared(personId: string, exceptRunId: string): Promise<boolean> {
    const before = await this.db('runs')
      .join('steps', 'steps.run_id', 'runs.id')
      .where({
        'runs.person_id': personId,
        'runs.kind': 'onboard',
        'runs.state': 'succeeded',
      })
      .whereNot('runs.id', exceptRunId)
      .first('runs.id')
      .options(prepared('prepared-before'));
    return before !== undefined;
  }

  async find(runId: string): Promise<Run | undefined> {
    const [run] = await this.withSteps(this.query().where('runs.id', runId));
    return run;
  }

  /** The person's newest run. */
  async findLatestOf(personId: string): Promise<Run | undefined> {
    const [run] = await this.withSteps(
      this.query()
        .where('runs.person_id', personId)
        .orderBy('runs.created_at', 'desc')
        .limit(1),
    );
    return run;
  }

  /**
   * How many people's latest runs have failed in the same services, which is how
   * many are left to be retried.
   *
   * @param most - counts no further
   */
  async countFailedIn(services: ServiceId[], most: number): Promise<number> {
    const failed = this.db<RunRow>('runs')
      .where('runs.state', 'failed')
      .whereNotExists(this.later())
      .select('runs.id')
      .limit(most);
    for (const service of services) {
      failed.whereExists(this.stepsIn(service).where('state', 'failed'));
    }
    const [{ count }] = await this.db
      .from(failed.as('failed'))
      .count<{ count: string }[]>({ count: '*' });
    return Number(count);
  }

  /** Runs, newest first. */
  async list(filter: {
    state?: RunState;
    kind?: RunKind;
    userRef?: string;
    /** Those that wait for it, or failed there. */
    service?: ServiceId;
    /** Each person's latest only. */
    latest?: boolean;
    limit: number;
    offset: number;
  }): Promise<{ items: Run[]; totalItems: number }> {
    const matching = this.query();
    if (filter.state) matching.where('runs.state', filter.state);
    if (filter.kind) matching.where('runs.kind', filter.kind);
    if (filter.latest) matching.whereNotExists(this.later());
    if (filter.service) {
      matching.whereExists(
        this.stepsIn(filter.service).whereIn('state', ['waiting', 'failed']),
      );
    }
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

  /** Runs of the same person that came after. */
  private later() {
    return this.db('runs as newer')
      .select('newer.id')
      .whereRaw('newer.person_id = runs.person_id')
      .whereRaw('newer.created_at > runs.created_at');
  }

  /** A run's steps in a service. */
  private stepsIn(service: ServiceId) {
    return this.db('steps')
      .select('steps.id')
      .whereRaw('steps.run_id = runs.id')
      .where('steps.service', service);
  }

  private query() {
    return this.db('runs')
      .join('persons', 'persons.id', 'runs.person_id')
      .select('runs.*', 'persons.user_ref', 'persons.organisation', {
        rolled_back_by: this.db('runs as later')
          .whereRaw('later.rolls_back = runs.id')
          .orderBy('later.created_at', 'desc')
          .limit(1)
          .select('later.id'),
      });
  }

  private async withSteps(
    query: ReturnType<RunStore['query']>,
  ): Promise<Run[]> {
    const rows = await query;
    const steps = await this.steps.listOf(rows.map(row => row.id));
    return rows.map(row => toRun(row, steps.get(row.id) ?? []));
  }
}
