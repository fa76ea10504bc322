import {
  Account,
  Person,
  RunKind,
  StepOutcome,
} from '@formulary/plugin-provisioning-common';
import { ObservedAccount } from '@formulary/plugin-provisioning-node';
import { Knex } from 'knex';
import { withoutSecrets } from '../audit/withoutSecrets';
import { AttemptEnded, NoteChange } from '../observing/RunChange';
import { AccountRow, toAccount } from './AccountStore';
import {
  EntitlementRow,
  RecordedEntitlement,
  toRecorded,
} from './EntitlementStore';
import { withLimit } from './JobStore';
import { Outbox } from './Outbox';
import { IdentityRow, toPerson } from './PersonStore';
import { prepared } from './prepared';
import { StoredStep } from './StepStore';

/** An attempt of a step that has just begun, and what it needs. */
export interface BegunAttempt {
  step: StoredStep;
  kind: RunKind;
  personId: string;
  person: Person;
  /** The account as it was last observed, if there was one. */
  known?: Account;
  /** What rules gave in the service, in the order in which it was given. */
  given: RecordedEntitlement[];
}

/** What came of an attempt that succeeded. */
export interface AttemptSuccess {
  outcome: StepOutcome;
  account: ObservedAccount;
  /** What is remembered of it, for people. */
  message: string;
  /** What listeners are told about it. */
  change: AttemptEnded;
  /** What is remembered of the run's end, if it ends with this step. */
  runEnded: Record<'succeeded' | 'failed', string>;
}

interface BegunRow {
  contended: false;
  kind: RunKind;
  step: {
    id: string;
    run_id: string;
    service: string;
    attempts: number;
    deadline_at: string;
  };
  person: IdentityRow & { id: string };
  account: AccountRow | null;
  entitlements: EntitlementRow[];
}

interface EndedRow {
  done: boolean;
  ended?: 'succeeded' | 'failed';
}

/** Attempts of steps, whose begin and successful end are one call each (`migrations/20261121180000_attempts.js`). */
export class AttemptStore {
  constructor(
    private readonly db: Knex,
    private readonly note: NoteChange,
    /** What must come of the end of a run; left out in a transaction, which sees to it when it ends. */
    private readonly outbox?: Outbox,
  ) {}

  /**
   * Begins an attempt, alone on the person's account.
   *
   * @returns undefined when the step is done with, `contended` while another run is at work on the account
   */
  async begin(stepId: string): Promise<BegunAttempt | 'contended' | undefined> {
    const { rows } = await this.db
      .raw<{
        rows: [{ begun: BegunRow | { contended: true } | null }];
      }>('select provisioning_begin_attempt(?) as begun', [stepId])
      .options(prepared('begin-attempt'));
    const { begun } = rows[0];
    if (!begun) return undefined;
    if (begun.contended) return 'contended';
    const { step, kind, person, account, entitlements } = begun;
    this.note({
      type: 'attempt.began',
      runId: step.run_id,
      personId: person.id,
      kind,
      service: step.service,
    });
    return {
      step: {
        id: step.id,
        runId: step.run_id,
        service: step.service,
        attempts: step.attempts,
        deadline: new Date(step.deadline_at).getTime(),
      },
      kind,
      personId: person.id,
      person: toPerson(person),
      known: account ? toAccount(account) : undefined,
      given: entitlements.map(toRecorded),
    };
  }

  /**
   * Writes that an attempt has succeeded, and ends its run with the last step.
   *
   * @returns whether the step was still open
   */
  async succeed(
    { step, kind, personId, known }: BegunAttempt,
    { outcome, account, message, change, runEnded }: AttemptSuccess,
  ): Promise<boolean> {
    const endAs = (state: 'succeeded' | 'failed') => {
      const due = this.outbox?.({
        type: 'run.ended',
        runId: step.runId,
        personId,
        kind,
        state,
      });
      return {
        message: runEnded[state],
        ...(due && {
          job: { ...withLimit(due.job), onlyFirst: due.onlyFirst },
        }),
      };
    };
    const { rows } = await this.db
      .raw<{ rows: [{ end: EndedRow }] }>(
        'select provisioning_end_attempt(?, ?, ?, ?) as end',
        [
          step.id,
          JSON.stringify(account),
          withoutSecrets({ outcome, message, before: known, after: account }),
          JSON.stringify({
            succeeded: endAs('succeeded'),
            failed: endAs('failed'),
          }),
        ],
      )
      .options(prepared('end-attempt'));
    const { end } = rows[0];
    if (end.done) this.note(change);
    if (end.ended) {
      this.note({
        type: 'run.ended',
        runId: step.runId,
        personId,
        kind,
        state: end.ended,
      });
    }
    return end.done;
  }
}
