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
export type { TwentyPeople, TwentyPeoplePage } from './TwentyPeople';
export type {
  TwentyObject,
  TwentyRecordKey,
  TwentyRecords,
} from './TwentyRecords';
export type { TwentySchema } from './TwentySchema';
export type {
  NewTwentyCompany,
  NewTwentyOpportunity,
  NewTwentyPerson,
  TwentyCallOptions,
  TwentyCompany,
  TwentyCustomFields,
  TwentyOpportunity,
  TwentyPerson,
} from './types';
