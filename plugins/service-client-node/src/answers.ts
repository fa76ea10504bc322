import { Answer } from './send';
import { nextStep, withNextStep } from './nextStep';
import { ServiceErrorKind } from './ServiceError';

/** What a failed status means when the service's client knows no better. */
export function kindOf(status: number): ServiceErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 429) return 'rate-limited';
  if (status === 400 || status === 422) return 'validation';
  if (status >= 500 || status === 408) return 'unavailable';
  return 'unexpected-response';
}

/** Whether an answer sends the caller elsewhere. */
export function isRedirect(status: number) {
  return status >= 300 && status < 400 && status !== 304;
}

/** A body as JSON; `undefined` when it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told apart from every JSON value by the schemas, which never accept undefined.
    return undefined;
  }
}

/** How to speak of the configured address to somebody who can change it. */
export function addressOf(configKey: string | undefined) {
  return configKey ? `${configKey}.baseUrl` : 'the configured address';
}

/** A successful answer that is not of the service's API, for people. */
export function foreignAnswer(text: string, configKey?: string) {
  return `the answer is not what its API promises (${describe(
    text,
  )}). Check that the configured address${
    configKey ? ` (${configKey}.baseUrl)` : ''
  } is the service's own and that its version is supported`;
}

/** A refusal and what to do about it, for people. */
export function refusal(
  { status, headers, text }: Answer,
  details: {
    /** The service's own words. */
    said?: string;
    kind: ServiceErrorKind;
    retryAfterMs?: number;
    configKey?: string;
  },
): string {
  const { said, kind, configKey } = details;
  if (isRedirect(status)) {
    const key = configKey ? addressOf(configKey) : 'the configuration';
    return `it redirects to ${headers.get(
      'location',
    )}. Use that address in ${key}`;
  }
  if (status === 404 && said === undefined) {
    return `HTTP 404, and ${foreignAnswer(text, configKey)}`;
  }
  return withNextStep(
    said ?? `HTTP ${status}${text ? `: ${describe(text)}` : ''}`,
    nextStep(kind, details),
  );
}

function describe(text: string) {
  const short = text.replace(/\s+/g, ' ').trim().slice(0, 120);
  return short ? `"${short}"` : 'an empty body';
}
