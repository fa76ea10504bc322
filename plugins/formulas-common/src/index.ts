/**
 * The Formula entity kind, its schema and the client of the formulas backend.
 *
 * @packageDocumentation
 */
export * from './constants';
export * from './formulaBundle';
export * from './formulaEntity';
export * from './formulaSchema';
export * from './FormulasClient';
