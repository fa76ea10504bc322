/**
 * Teaches the catalog the kind Formula.
 *
 * @packageDocumentation
 */
export { catalogModuleFormulaEntityModel as default } from './module';
