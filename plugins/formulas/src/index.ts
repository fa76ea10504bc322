/**
 * The Formula Marketplace.
 *
 * @packageDocumentation
 */
export { formulasApiRef } from './api/formulasApi';
export { formulasPlugin as default } from './plugin';
