/**
 * What the tests of organisation syncs share.
 *
 * @packageDocumentation
 */
export { TestSync, type TestProvider } from './TestSync';
