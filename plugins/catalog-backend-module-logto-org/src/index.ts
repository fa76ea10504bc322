/**
 * People, organisations and roles of Logto in the catalog.
 *
 * @packageDocumentation
 */
export * from './annotations';
export { catalogModuleLogtoOrg as default } from './module';
