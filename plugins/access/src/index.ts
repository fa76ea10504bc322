/**
 * The page that tells who may do what, and why.
 *
 * @packageDocumentation
 */
export { accessApiRef } from './api/accessApi';
export { accessPlugin as default } from './plugin';
