import {
  ApprovalState,
  RequireApproval,
} from '@formulary/plugin-approvals-common';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { Membership } from '../people/Directory';
import { FoundApprover } from '../people/ApproverFinder';
import { Plan } from '../plan/Plan';
import { TaskInHand } from '../plan/TaskReader';
import { Rule } from '../rules/Rule';
import {
  RequestRow,
  selectRequests,
  StoredRequest,
  toStoredRequest,
  whereState,
} from './StoredRequest';

/** A request that is to be stored. */
export interface NewRequest {
  requester: string;
  organisation: string;
  task: TaskInHand;
  asked: RequireApproval;
  parameters: JsonObject;
  omitted: string[];
  rule: Rule;
  plan: Plan;
  approvers: FoundApprover[];
  previous?: Pick<StoredRequest, 'id' | 'differences'>;
}

/** Whose plan it is, at which step of which template. */
export interface PlanOwner {
  requester: string;
  templateRef: string;
  stepId: string;
}

/** A change of state that is made only if the state is still right. */
export interface Transition {
  from: ApprovalState[];
  to: ApprovalState;
  /** Columns that change along with it. */
  set?: Record<string, unknown>;
}

const IN_TIME = 'expires_at > now()';

/** Requests. Each change of state is one conditional update, so that of several at once one wins. */
export class RequestStore {
  constructor(private readonly db: Knex) {}

  /** Stores a request; undefined when the same plan is pending already. */
  async create(request: NewRequest): Promise<string | undefined> {
    const { task, asked, rule, plan, previous } = request;
    const [row] = await this.db('requests')
      .insert({
        state: 'pending',
        requester: request.requester,
        organisation: request.organisation,
        template_ref: task.templateRef,
        step_id: asked.stepId,
        task_id: task.taskId,
        title: asked.title ?? task.templateTitle,
        reason: asked.reason,
        cost: asked.cost ?? null,
        services: JSON.stringify(asked.services ?? []),
        preview: JSON.stringify(asked.preview ?? []),
        parameters: JSON.stringify(request.parameters),
        omitted: JSON.stringify(request.omitted),
        rule: rule.name,
        delegation: rule.delegation,
        expiry_ms: rule.expiryMs,
        reminder_ms: rule.reminderMs ?? null,
        plan_hash: plan.hash,
        plan_parts: JSON.stringify(plan.parts),
        previous_id: previous?.id ?? null,
        differences: JSON.stringify(previous?.differences ?? []),
        expires_at: this.fromNow(rule.expiryMs),
        remind_at: rule.reminderMs ? this.fromNow(rule.reminderMs) : null,
      })
      .onConflict(
        this.db.raw(
          `(requester, template_ref, plan_hash) where state = 'pending'`,
        ),
      )
      .ignore()
      .returning('id');
    if (!row) return undefined;
    await this.db('approvers').insert(
      request.approvers.map(({ ref, named }) => ({
        request_id: row.id,
        ref,
        named,
      })),
    );
    return row.id;
  }

  async find(id: string): Promise<StoredRequest | undefined> {
    const row: RequestRow | undefined = await selectRequests(this.db)
      .where('r.id', id)
      .first();
    return row && toStoredRequest(row);
  }

  /** @throws Error when there is no such request, which must not be */
  async get(id: string): Promise<StoredRequest> {
    const request = await this.find(id);
    if (!request) throw new Error(`Request ${id} has gone`);
    return request;
  }

  /** Requests of one plan in a state, newest first. */
  async findByPlan(
    owner: PlanOwner,
    state: ApprovalState,
    planHash?: string,
  ): Promise<StoredRequest | undefined> {
    const query = whereState(selectRequests(this.db), state).where({
      'r.requester': owner.requester,
      'r.template_ref': owner.templateRef,
      'r.step_id': owner.stepId,
    });
    if (planHash) query.where('r.plan_hash', planHash);
    const row: RequestRow | undefined = await query
      .orderBy('r.created_at', 'desc')
      .first();
    return row && toStoredRequest(row);
  }

  /** A page of requests, newest first. */
  async list(
    filter: {
      requester?: string;
      /** Who may decide them. */
      decider?: Membership;
      state?: ApprovalState;
    },
    page: { limit: number; offset: number },
  ): Promise<{ items: StoredRequest[]; totalItems: number }> {
    const matching = selectRequests(this.db);
    const { requester, decider, state } = filter;
    if (requester) matching.where('r.requester', requester);
    if (decider) {
      matching.whereNot('r.requester', decider.userRef).whereExists(
        this.db({ a: 'approvers' })
          .whereRaw('a.request_id = r.id')
          .whereIn('a.ref', [...decider.refs])
          .where(either =>
            either
              .where('a.named', true)
              .orWhereIn('r.organisation', decider.organisations),
          ),
      );
    }
    if (state) whereState(matching, state);
    const [{ count }] = await matching
      .clone()
      .clearSelect()
      .count<{ count: string }[]>({ count: '*' });
    const rows: RequestRow[] = await matching
      .orderBy([{ column: 'r.created_at', order: 'desc' }, { column: 'r.id' }])
      .limit(page.limit)
      .offset(page.offset);
    return { items: rows.map(toStoredRequest), totalItems: Number(count) };
  }

  /** Changes the state of a request that has not run out; false when it was not in the right one any more. */
  async change(id: string, { from, to, set }: Transition): Promise<boolean> {
    const changed = await this.db('requests')
      .where({ id })
      .whereIn('state', from)
      .whereRaw(IN_TIME)
      .update({
        state: to,
        ...(to === 'pending' ? {} : { remind_at: null }),
        ...set,
      });
    return changed === 1;
  }

  /** Approves or rejects; the time to use an approval begins with it. */
  async decide(
    id: string,
    decision: { to: 'approved' | 'rejected'; by: string; reason: string },
  ): Promise<boolean> {
    return this.change(id, {
      from: ['pending'],
      to: decision.to,
      set: {
        decided_by: decision.by,
        decided_at: this.db.fn.now(),
        decision_reason: decision.reason,
        ...(decision.to === 'approved'
          ? {
              expires_at: this.db.raw(
                `now() + expiry_ms * interval '1 millisecond'`,
              ),
            }
          : {}),
      },
    });
  }

  /** Uses up an approval of a plan for a task; undefined when there is none. Of several tasks at once each gets another one. */
  async use(
    owner: PlanOwner,
    planHash: string,
    taskId: string,
  ): Promise<string | undefined> {
    const [row] = await this.db('requests')
      .where(
        'id',
        this.db('requests')
          .select('id')
          .where({
            requester: owner.requester,
            template_ref: owner.templateRef,
            step_id: owner.stepId,
            plan_hash: planHash,
            state: 'approved',
          })
          .whereRaw(IN_TIME)
          .orderBy('created_at')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .update({ state: 'used', used_by_task: taskId })
      .returning('id');
    return row?.id;
  }

  /** The approval of a plan that a task has used already. */
  async usedBy(
    owner: PlanOwner,
    planHash: string,
    taskId: string,
  ): Promise<string | undefined> {
    const row = await this.db('requests')
      .where({
        requester: owner.requester,
        template_ref: owner.templateRef,
        step_id: owner.stepId,
        plan_hash: planHash,
        state: 'used',
        used_by_task: taskId,
      })
      .first('id');
    return row?.id;
  }

  /** Lets somebody else decide too; false when they may already. */
  async addApprover(
    id: string,
    approver: { ref: string; delegatedBy: string },
  ): Promise<boolean> {
    const added = await this.db('approvers')
      .insert({
        request_id: id,
        ref: approver.ref,
        named: false,
        delegated_by: approver.delegatedBy,
      })
      .onConflict(['request_id', 'ref'])
      .ignore()
      .returning('ref');
    return added.length === 1;
  }

  /** Writes down which requests have run out; returns what they were. */
  async expire(
    limit: number,
    planHash?: string,
  ): Promise<{ id: string; was: ApprovalState }[]> {
    const due = this.db('requests')
      .select('id', 'state')
      .whereIn('state', ['pending', 'approved'])
      .whereRaw('expires_at <= now()')
      .limit(limit)
      .forUpdate()
      .skipLocked();
    if (planHash) due.where('plan_hash', planHash);
    const rows: { id: string; state: ApprovalState }[] = await due;
    await this.db('requests')
      .whereIn(
        'id',
        rows.map(({ id }) => id),
      )
      .update({ state: 'expired', remind_at: null });
    return rows.map(({ id, state }) => ({ id, was: state }));
  }

  /** Ids of pending requests of which it is time to remind; each is given once an interval. */
  async takeReminders(limit: number): Promise<string[]> {
    const rows = await this.db('requests')
      .whereIn(
        'id',
        this.db('requests')
          .select('id')
          .where({ state: 'pending' })
          .whereRaw(`${IN_TIME} and remind_at <= now()`)
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .update({
        remind_at: this.db.raw(
          `now() + reminder_ms * interval '1 millisecond'`,
        ),
      })
      .returning('id');
    return rows.map(({ id }) => id);
  }

  private fromNow(ms: number): Knex.Raw {
    return this.db.raw(`now() + ? * interval '1 millisecond'`, [ms]);
  }
}
