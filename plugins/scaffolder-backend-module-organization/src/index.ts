/**
 * Has organisations' administrators see the tasks of their people, and makes other
 * tasks look like tasks that do not exist.
 *
 * @packageDocumentation
 */
export { scaffolderOrganization as default } from './feature';
