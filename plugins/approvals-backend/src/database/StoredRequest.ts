import { JsonObject } from '@backstage/types';
import {
  Approval,
  ApprovalState,
  Approver,
  PlanPart,
} from '@formulary/plugin-approvals-common';
import { Knex } from 'knex';
import { PlanParts } from '../plan/Plan';

/** A request as it is stored. */
export interface StoredRequest extends Approval {
  stepId: string;
  taskId: string;
  usedByTask?: string;
  preview: string[];
  parameters: JsonObject;
  omitted: string[];
  delegation: boolean;
  planHash: string;
  planParts: PlanParts;
  previousId?: string;
  differences: PlanPart[];
  approvers: StoredApprover[];
}

/** Somebody who may decide a request. */
export interface StoredApprover extends Approver {
  /** Whether the rule names them: then they may be of another organisation. */
  named: boolean;
}

/** What a request's row holds; the approvers come along as JSON. */
export interface RequestRow {
  id: string;
  state: ApprovalState;
  requester: string;
  organisation: string;
  template_ref: string;
  step_id: string;
  task_id: string;
  title: string;
  reason: string;
  cost: number | null;
  services: string[];
  preview: string[];
  parameters: JsonObject;
  omitted: string[];
  rule: string;
  delegation: boolean;
  plan_hash: string;
  plan_parts: PlanParts;
  previous_id: string | null;
  differences: PlanPart[];
  created_at: Date;
  expires_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
  used_by_task: string | null;
  approvers: { ref: string; named: boolean; delegated_by: string | null }[];
}

/** What has run out is expired, also before that is written down. */
const STATE = `case when r.state in ('pending', 'approved') and r.expires_at <= now() then 'expired' else r.state end`;

/** Rows of requests with their approvers, under the name `r`. */
export function selectRequests(db: Knex): Knex.QueryBuilder {
  return db({ r: 'requests' }).select('r.*', {
    state: db.raw(STATE),
    approvers: db.raw(
      `(select coalesce(json_agg(json_build_object('ref', a.ref, 'named', a.named, 'delegated_by', a.delegated_by) order by a.ref), '[]')
        from approvers a where a.request_id = r.id)`,
    ),
  });
}

/** Keeps the requests in a state. */
export function whereState(
  query: Knex.QueryBuilder,
  state: ApprovalState,
): Knex.QueryBuilder {
  return query.whereRaw(`${STATE} = ?`, [state]);
}

/** A row in the words of the program. */
export function toStoredRequest(row: RequestRow): StoredRequest {
  return {
    id: row.id,
    state: row.state,
    title: row.title,
    reason: row.reason,
    requester: row.requester,
    organisation: row.organisation,
    templateRef: row.template_ref,
    rule: row.rule,
    cost: row.cost ?? undefined,
    services: row.services,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at?.toISOString(),
    decisionReason: row.decision_reason ?? undefined,
    stepId: row.step_id,
    taskId: row.task_id,
    usedByTask: row.used_by_task ?? undefined,
    preview: row.preview,
    parameters: row.parameters,
    omitted: row.omitted,
    delegation: row.delegation,
    planHash: row.plan_hash,
    planParts: row.plan_parts,
    previousId: row.previous_id ?? undefined,
    differences: row.differences,
    approvers: row.approvers.map(({ ref, named, delegated_by }) => ({
      ref,
      named,
      delegatedBy: delegated_by ?? undefined,
    })),
  };
}
