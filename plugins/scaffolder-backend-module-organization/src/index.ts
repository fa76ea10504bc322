/**
 * Makes tasks of others look like tasks that do not exist.
 *
 * @packageDocumentation
 */
export { scaffolderModuleOrganization as default } from './module';
