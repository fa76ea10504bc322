/**
 * Serves what the marketplace shows of a formula bundle.
 *
 * @packageDocumentation
 */
export { formulasPlugin as default } from './plugin';
