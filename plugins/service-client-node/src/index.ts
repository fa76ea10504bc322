/**
 * The HTTP kit that every service client shares.
 *
 * @packageDocumentation
 */
export { nextStep, withNextStep } from './nextStep';
export { redact } from './redact';
export { ServiceAccount } from './ServiceAccount';
export { sameEmail } from './sameEmail';
export {
  isServiceError,
  ServiceError,
  type ServiceErrorKind,
  type ServiceErrorOptions,
} from './ServiceError';
export {
  ServiceHttpClient,
  type ParsedServiceError,
  type ServiceHttpClientOptions,
  type ServiceRequest,
  type ServiceResponse,
} from './ServiceHttpClient';
export {
  checkVersion,
  type SupportedVersions,
  type VersionCheck,
} from './supportedVersions';
