/**
 * Approvals of scaffolder tasks: rules, requests, decisions.
 *
 * @packageDocumentation
 */
export { approvalsPlugin as default } from './plugin';
