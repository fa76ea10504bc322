/**
 * Scaffolder action that prepares a person's accounts.
 *
 * @packageDocumentation
 */
export { createPreProvisionUserAction } from './actions/preProvisionUser';
export { scaffolderPreProvisionUserModule as default } from './module';
