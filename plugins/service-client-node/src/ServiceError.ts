/**
 * What went wrong with a call to a service, as far as a caller needs to know
 * to decide what to do next.
 *
 * @public
 */
export type ServiceErrorKind =
  /** The object does not exist, or the token may not see it. */
  | 'not-found'
  /** Something with the same unique value exists already. */
  | 'conflict'
  /** The service refuses the input; `fields` says which when the service does. */
  | 'validation'
  /** Too many calls; `retryAfterMs` says when to come back. */
  | 'rate-limited'
  /** The token is missing, wrong or expired. */
  | 'unauthorized'
  /** The token is good but may not do this. */
  | 'forbidden'
  /** Not reachable, too slow, or failing on its own side. */
  | 'unavailable'
  /** An answer that is not what the API promises: wrong address, a proxy's page, an unsupported version. */
  | 'unexpected-response';

/** @public */
export interface ServiceErrorOptions {
  kind: ServiceErrorKind;
  /** Name of the service as people know it, such as "Gitea". */
  service: string;
  /** HTTP status of the answer, if there was one. */
  status?: number;
  /** The service's own error id, such as Mattermost's `app.user.save.email_exists.app_error`. */
  code?: string;
  /** What the service says is wrong with single fields. */
  fields?: Array<{ field: string; detail: string }>;
  /** Milliseconds after which another try makes sense. */
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * A failed call to a service.
 *
 * The message is for people: it names the service, what was tried, what the
 * service said and what to do. It never holds a token.
 *
 * @public
 */
export class ServiceError extends Error {
  name = 'ServiceError' as const;
  readonly kind: ServiceErrorKind;
  readonly service: string;
  readonly status?: number;
  readonly code?: string;
  readonly fields: Array<{ field: string; detail: string }>;
  readonly retryAfterMs?: number;

  constructor(message: string, options: ServiceErrorOptions) {
    super(
      message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.kind = options.kind;
    this.service = options.service;
    this.status = options.status;
    this.code = options.code;
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether the same call may succeed later without anybody changing anything. */
  get transient(): boolean {
    return this.kind === 'rate-limited' || this.kind === 'unavailable';
  }
}

/**
 * Whether an error is a {@link ServiceError}, optionally of certain kinds.
 *
 * @public
 */
export function isServiceError(
  error: unknown,
  ...kinds: ServiceErrorKind[]
): error is ServiceError {
  return (
    error instanceof ServiceError &&
    (kinds.length === 0 || kinds.includes(error.kind))
  );
}
