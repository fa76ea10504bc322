/**
 * Says which organisation each catalog entity belongs to, and lets people read
 * those of their own organisations and what is shared.
 *
 * @packageDocumentation
 */
export { catalogModuleOrganization as default } from './module';
