/**
 * Channel of Backstage's signals on which changes of requests are told.
 *
 * @public
 */
export const APPROVALS_CHANNEL = 'approvals:requests';

/**
 * A request has changed: it is to be read anew.
 *
 * @public
 */
export type ApprovalSignal = {
  requestId: string;
};
