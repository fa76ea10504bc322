import { ServiceErrorKind } from './ServiceError';

/**
 * What somebody can do about a refusal, where the service's own words do not
 * say it; nothing for those that are about the input.
 *
 * @param configKey - key of the configuration that holds address and token, such as `gitea`
 * @public
 */
export function nextStep(
  kind: ServiceErrorKind,
  { configKey, retryAfterMs }: { configKey?: string; retryAfterMs?: number },
): string | undefined {
  const token = configKey ? `${configKey}.token` : 'the configured token';
  switch (kind) {
    case 'unauthorized':
      return configKey
        ? `The token in ${token} is wrong or expired: configure a valid one`
        : 'The configured token is wrong or expired: configure a valid one';
    case 'forbidden':
      return `Check what the account of ${token} may do`;
    case 'rate-limited':
      return retryAfterMs === undefined
        ? 'Try again in a minute'
        : `Try again in ${Math.ceil(retryAfterMs / 1000)} s`;
    case 'unavailable':
      return 'Try again later; when it stays, look at its log';
    default:
      return undefined;
  }
}

/**
 * A message with the next step as a sentence of its own.
 *
 * @public
 */
export function withNextStep(message: string, step: string | undefined) {
  return step ? `${message.replace(/\.$/, '')}. ${step}` : message;
}
