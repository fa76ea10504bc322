/**
 * Pages of approvals: to decide, and one's own requests.
 *
 * @packageDocumentation
 */
export { approvalsApiRef } from './api/approvalsApi';
export { approvalsPlugin as default } from './plugin';
