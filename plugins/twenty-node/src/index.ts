/**
 * Typed client for the Twenty CRM API as an injectable service.
 *
 * @packageDocumentation
 */
export type { TwentySettings } from './settings';
export { twentyVersions } from './supportedVersions';
export type { TwentyCalls } from './TwentyCalls';
export { TwentyClient } from './TwentyClient';
export { twentyClientServiceRef } from './twentyClientServiceRef';
export type { TwentyCompanies } from './TwentyCompanies';
export type { TwentyOpportunities } from './TwentyOpportunities';
export type { TwentyPeople } from './TwentyPeople';
export type { TwentyObject, TwentyRecords } from './TwentyRecords';
export type {
  NewTwentyOpportunity,
  NewTwentyPerson,
  TwentyCallOptions,
  TwentyCompany,
  TwentyOpportunity,
  TwentyPerson,
} from './types';
