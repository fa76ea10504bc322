/**
 * What pages say when a call to the portal fails.
 *
 * @packageDocumentation
 */
export { messageOf } from './messageOf';
