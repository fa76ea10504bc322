import {
  bulkhead,
  BulkheadPolicy,
  BulkheadRejectedError,
  DelegateBackoff,
  handleWhen,
  retry,
  RetryPolicy,
} from 'cockatiel';
import { z } from 'zod';
import { isServiceError, ServiceError, ServiceErrorKind } from './ServiceError';
import {
  addressOf,
  foreignAnswer,
  isRedirect,
  json,
  kindOf,
  refusal,
} from './answers';
import { redact } from './redact';
import { Deadline } from './Deadline';
import { connectionMessage, isTlsFailure, neverSent } from './connection';
import { retryAfterMs } from './retryAfter';
import { Answer, send, sendThrough } from './send';
import { untilAborted } from './untilAborted';

/**
 * What a service's error body says, read by the service's own client.
 *
 * @public
 */
export interface ParsedServiceError {
  message?: string;
  code?: string;
  fields?: Array<{ field: string; detail: string }>;
  /** When the status alone misleads, such as Mattermost's 400 for a conflict. */
  kind?: ServiceErrorKind;
}

/** @public */
export interface ServiceHttpClientOptions {
  /** Name of the service as people know it. */
  service: string;
  /** Address without the path of a call; a trailing slash is ignored. */
  baseUrl: string;
  /** Key of the configuration that holds `baseUrl` and `token`, such as `gitea`: messages point there. */
  configKey?: string;
  /** Headers of every call: authentication above all. */
  headers: Record<string, string>;
  /** What must never appear in an error message. */
  secrets: string[];
  /** Reads the service's error body. */
  parseError(status: number, body: unknown): ParsedServiceError;
  /** Milliseconds for one attempt. Default 15,000. */
  timeoutMs?: number;
  /** Attempts after the first, for failures that may pass. Default 3. */
  retries?: number;
  /** The longest wait for a `Retry-After`, in milliseconds; longer ones are thrown to the caller. Default 20,000. */
  maxWaitMs?: number;
  /** Calls under way at once. Default 8; up to 1,000 more wait in line. */
  concurrency?: number;
  /** Stands in for `fetch` in tests. */
  fetch?: typeof fetch;
}

/** @public */
export interface ServiceRequest<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the base URL, with its parts encoded already. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, with its content type. */
  body?: { content: Uint8Array<ArrayBuffer>; type: string };
  headers?: Record<string, string>;
  /** What the answer must look like. Leave out when the body does not matter. */
  expect?: z.ZodType<T>;
  /** What is tried, for the error message: "create the user alice". */
  action: string;
  /** Ends the call early. */
  signal?: AbortSignal;
  /** Whether the call may be repeated although it may have had an effect. Default: every method but POST. */
  repeatable?: boolean;
}

/** @public */
export interface ServiceResponse<T> {
  status: number;
  headers: Headers;
  data: T;
}

/** Calls that wait for a place at most. */
const QUEUE_LIMIT = 1000;

/** Failures after which the call may have had its effect. */
const neverRepeat = new WeakSet<Error>();

/**
 * One service's HTTP calls: timeout, bounded concurrency, retries that know
 * which failures pass, answers checked against a schema, errors for people.
 *
 * @public
 */
export class ServiceHttpClient {
  /** Address without a trailing slash. */
  readonly baseUrl: string;
  private readonly send: typeof send;
  private readonly limit: BulkheadPolicy;
  private readonly retries: RetryPolicy;

  constructor(private readonly options: ServiceHttpClientOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    const { fetch: fetchLike } = options;
    this.send = fetchLike
      ? (url, outgoing) => sendThrough(fetchLike, url, outgoing)
      : send;
    this.limit = bulkhead(options.concurrency ?? 8, QUEUE_LIMIT);
    const maxWaitMs = options.maxWaitMs ?? 20_000;
    this.retries = retry(
      handleWhen(
        error =>
          isServiceError(error) &&
          error.transient &&
          !neverRepeat.has(error) &&
          (error.retryAfterMs ?? 0) <= maxWaitMs,
      ),
      {
        maxAttempts: options.retries ?? 3,
        backoff: new DelegateBackoff(({ attempt, result }) => {
          const error = 'error' in result ? result.error : undefined;
          return isServiceError(error) && error.retryAfterMs !== undefined
            ? error.retryAfterMs
            : 200 * 2 ** (attempt - 1) * (0.5 + Math.random());
        }),
      },
    );
  }

  /**
   * Makes a call.
   *
   * A POST is repeated only when the service said that it did nothing (429) or
   * when the connection was never made; whoever creates something looks for it
   * first and again after a failure.
   *
   * @throws {@link ServiceError} for everything but success
   */
  async request<T = undefined>(
    request: ServiceRequest<T>,
  ): Promise<ServiceResponse<T>> {
    try {
      return await untilAborted(
        this.retries.execute(
          // The queue is not given the signal: cockatiel's bulkhead stops
          // handing on when it meets a call that was cancelled while waiting.
          () => this.limit.execute(() => this.attempt(request)),
          request.signal,
        ),
        request.signal,
      );
    } catch (error) {
      if (error instanceof BulkheadRejectedError) {
        throw this.error(request, 'unavailable', {
          message: `more than ${QUEUE_LIMIT} calls are waiting already`,
        });
      }
      throw error;
    }
  }

  private async attempt<T>(
    request: ServiceRequest<T>,
  ): Promise<ServiceResponse<T>> {
    const { signal } = request;
    signal?.throwIfAborted();
    const timeoutMs = this.options.timeoutMs ?? 15_000;
    const deadline = new Deadline(timeoutMs, signal);
    let answer: Answer;
    try {
      answer = await this.send(this.url(request), {
        method: request.method,
        headers: {
          Accept: 'application/json',
          ...(request.json === undefined
            ? {}
            : { 'Content-Type': 'application/json' }),
          ...(request.body ? { 'Content-Type': request.body.type } : {}),
          ...this.options.headers,
          ...request.headers,
        },
        body:
          request.json === undefined
            ? request.body?.content
            : JSON.stringify(request.json),
        signal: deadline.signal,
      });
    } catch (error) {
      signal?.throwIfAborted();
      const failure = this.error(request, 'unavailable', {
        message: deadline.isOver
          ? `no answer within ${
              timeoutMs / 1000
            } s. Try again; when it stays, look at its log`
          : connectionMessage(error, addressOf(this.options.configKey)),
        cause: error,
      });
      const mayHaveActed = !(request.repeatable ?? request.method !== 'POST');
      if (isTlsFailure(error) || (mayHaveActed && !neverSent(error))) {
        neverRepeat.add(failure);
      }
      throw failure;
    } finally {
      deadline.clear();
    }
    if (answer.status >= 400 || isRedirect(answer.status)) {
      throw this.failedAnswer(request, answer);
    }
    return {
      status: answer.status,
      headers: answer.headers,
      data: this.parse(request, answer),
    };
  }

  private parse<T>(request: ServiceRequest<T>, { status, text }: Answer): T {
    // JSON never starts like a page: a proxy's log-in form is no success.
    if (!request.expect && !/^\s*</.test(text)) return undefined as T;
    const result = request.expect?.safeParse(json(text));
    if (result?.success) return result.data;
    throw this.error(request, 'unexpected-response', {
      status,
      message: foreignAnswer(text, this.options.configKey),
      cause: result?.error,
    });
  }

  private failedAnswer(request: ServiceRequest<unknown>, answer: Answer) {
    const { status, headers, text } = answer;
    const body = json(text);
    const parsed = this.options.parseError(status, body);
    // A 404 in other words than the service's own is one of something else: nothing is known to be absent.
    const isForeign = status === 404 && parsed.message === undefined;
    const kind =
      parsed.kind ?? (isForeign ? 'unexpected-response' : kindOf(status));
    const wait = retryAfterMs(headers, Date.now());
    const failure = this.error(request, kind, {
      status,
      code: parsed.code,
      fields: parsed.fields,
      retryAfterMs: wait,
      message: refusal(answer, {
        said: parsed.message,
        kind,
        retryAfterMs: wait,
        configKey: this.options.configKey,
      }),
    });
    const mayHaveActed = !(request.repeatable ?? request.method !== 'POST');
    if (mayHaveActed && kind !== 'rate-limited') neverRepeat.add(failure);
    return failure;
  }

  private error(
    request: ServiceRequest<unknown>,
    kind: ServiceErrorKind,
    details: ParsedServiceError & {
      status?: number;
      retryAfterMs?: number;
      cause?: unknown;
    },
  ) {
    const { service, secrets } = this.options;
    const { message, ...rest } = details;
    return new ServiceError(
      redact(`${service} could not ${request.action}: ${message}`, secrets),
      { ...rest, kind, service },
    );
  }

  private url({ path, query }: ServiceRequest<unknown>) {
    const url = new URL(this.baseUrl + path);
    for (const [key, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    return url;
  }
}
