/**
 * What the tests of every service client share.
 *
 * @packageDocumentation
 */
export { describeFaults, type FaultSubject } from './describeFaults';
export type { Fault, Refusals } from './faults';
export { readmeExample } from './readmeExample';
export { ScriptedServer, type SeenRequest, type Turn } from './ScriptedServer';
export { selfSigned } from './selfSigned';
