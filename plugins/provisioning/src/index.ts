/**
 * My tools on the home page.
 *
 * @packageDocumentation
 */
export { provisioningApiRef } from './api/provisioningApi';
export { provisioningPlugin as default } from './plugin';
