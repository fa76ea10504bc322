import type { JsonObject } from '@backstage/types';

/**
 * What becomes of a request: it is `pending`, then `approved`, `rejected`,
 * `expired` or `cancelled`. An approved one is `used` when a task has gone on
 * with it, unless it expires or is cancelled before.
 *
 * @public
 */
export type ApprovalState =
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'cancelled'
  | 'used';

/**
 * What of a plan differs from the one that was approved before.
 *
 * @public
 */
export type PlanPart = 'template' | 'parameters' | 'request' | 'rule';

/**
 * A request as it is listed.
 *
 * @public
 */
export interface Approval {
  id: string;
  state: ApprovalState;
  title: string;
  /** Why it is asked for. */
  reason: string;
  /** Ref of the user who asks. */
  requester: string;
  /** Name of the organisation of the requester. */
  organisation: string;
  /** Ref of the template whose task asks. */
  templateRef: string;
  /** Name of the rule that wants the approval. */
  rule: string;
  /** Estimated cost in a month, in the currency of the portal. */
  cost?: number;
  /** Ids of provisioning services that it is about. */
  services: string[];
  createdAt: string;
  /** Until when it can be decided or, once approved, used. */
  expiresAt: string;
  /** Ref of the user who approved or rejected it. */
  decidedBy?: string;
  decidedAt?: string;
  decisionReason?: string;
}

/**
 * Somebody who may decide.
 *
 * @public
 */
export interface Approver {
  /** Ref of a user or a group. */
  ref: string;
  /** Ref of the user who handed the request to them. */
  delegatedBy?: string;
}

/**
 * Something that happened to a request.
 *
 * @public
 */
export interface ApprovalEvent {
  id: string;
  at: string;
  /** Such as `request.approved`. */
  type: string;
  /** Ref of a user, or `approvals` for what happened by itself. */
  actor: string;
  message: string;
}

/**
 * A request with all that a decision needs.
 *
 * @public
 */
export interface ApprovalDetails extends Approval {
  /** Lines that say what will be done. */
  preview: string[];
  /** Parameters of the task, without what goes by the name of a secret. */
  parameters: JsonObject;
  /** Names of parameters and secrets that are left out: they have to be filled in again. */
  omitted: string[];
  /** Hash of all that was approved: template, parameters, request and rule. */
  planHash: string;
  /** Id of the task that asked. */
  taskId: string;
  /** Id of the task that went on with it. */
  usedByTask?: string;
  approvers: Approver[];
  /** Id of the approved request that does not fit this plan, and what is different. */
  previous?: { id: string; differences: PlanPart[] };
  history: ApprovalEvent[];
  /** What the caller may do now. */
  may: { decide: boolean; delegate: boolean; cancel: boolean; start: boolean };
}

/**
 * What a task asks before it goes on.
 *
 * @public
 */
export interface RequireApproval {
  taskId: string;
  stepId: string;
  reason: string;
  title?: string;
  cost?: number;
  services?: string[];
  /** Refs of formulas whose things the task makes besides those of its own template: their rules apply, too. */
  formulas?: string[];
  preview?: string[];
  /** Names of the task's secrets. */
  secretKeys?: string[];
}

/**
 * Whether a task may go on. Only `notNeeded` and `approved` let it.
 *
 * @public
 */
export type RequiredApproval =
  | { outcome: 'notNeeded' }
  | {
      outcome: 'approved' | 'pending';
      approval: Approval;
      /** Refs of those who may decide. */
      approvers: string[];
      /** What no longer fits an approval that was given before. */
      differences: PlanPart[];
    };
