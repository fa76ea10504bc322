/**
 * Scaffolder action that prepares a person's accounts.
 *
 * @packageDocumentation
 */
export { scaffolderPreProvisionUserModule as default } from './module';
