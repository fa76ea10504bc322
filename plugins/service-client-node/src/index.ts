/**
 * The HTTP kit that every service client shares.
 *
 * @packageDocumentation
 */
export { redact } from './redact';
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
