/**
 * Who may do what, and why.
 *
 * @packageDocumentation
 */
export { accessPlugin as default } from './plugin';
