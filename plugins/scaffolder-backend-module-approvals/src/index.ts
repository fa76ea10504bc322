/**
 * Scaffolder action that makes a task wait for an approval.
 *
 * @packageDocumentation
 */
export { createRequireApprovalAction } from './actions/requireApproval';
export { scaffolderApprovalsModule as default } from './module';
