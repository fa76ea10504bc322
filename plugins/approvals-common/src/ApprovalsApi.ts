import type {
  Approval,
  ApprovalDetails,
  ApprovalState,
  RequireApproval,
  RequiredApproval,
} from './types';

/**
 * Options of every call.
 *
 * @public
 */
export interface ApprovalsCallOptions {
  /** Token of a backend; in a browser the fetch API adds the user's own. */
  token?: string;
  /** Ends the call early. */
  signal?: AbortSignal;
}

/**
 * A page of requests.
 *
 * @public
 */
export interface ApprovalsPage {
  items: Approval[];
  /** Of all pages. */
  totalItems: number;
}

/**
 * The approvals plugin as the frontend and the scaffolder see it.
 *
 * Every method throws a `ResponseError` of `@backstage/errors` when the backend
 * refuses, with a message for people.
 *
 * @public
 */
export interface ApprovalsApi {
  /** Whether a task may go on; asks for an approval when it needs one. For the scaffolder, on behalf of the task's user. */
  require(
    request: RequireApproval,
    options?: ApprovalsCallOptions,
  ): Promise<RequiredApproval>;
  /** The caller's own requests, those that they may decide, or with the permission all; newest first. */
  getRequests(
    query?: {
      view?: 'mine' | 'decide' | 'all';
      state?: ApprovalState;
      limit?: number;
      offset?: number;
    },
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalsPage>;
  /** One request with what a decision needs. */
  getRequest(
    id: string,
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails>;
  /** Approves or rejects a request; of several decisions the first one wins. */
  decide(
    id: string,
    decision: { decision: 'approve' | 'reject'; reason: string },
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails>;
  /** Takes a request back that is pending, or approved and not used. */
  cancel(
    id: string,
    request?: { reason?: string },
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails>;
  /** Lets somebody else of the requester's organisation decide as well. */
  delegate(
    id: string,
    request: { userRef: string; reason: string },
    options?: ApprovalsCallOptions,
  ): Promise<ApprovalDetails>;
}
