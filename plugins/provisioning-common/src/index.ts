/**
 * Types, permissions and API client of the provisioning plugin.
 *
 * @packageDocumentation
 */
export type { Account, AccountState, Person, ServiceId } from './types';
