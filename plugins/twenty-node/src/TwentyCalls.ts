import { setTimeout as delay } from 'node:timers/promises';
import {
  isServiceError,
  nextStep,
  redact,
  ServiceError,
  ServiceErrorKind,
  ServiceHttpClient,
  withNextStep,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { TwentyCallOptions } from './types';

const errorSchema = z.object({
  message: z.string(),
  extensions: z
    .looseObject({
      code: z.string().optional(),
      subCode: z.string().optional(),
      userFriendlyMessage: z.string().optional(),
      conflictingRecordId: z.string().optional(),
    })
    .optional(),
});

/** Either may be missing: a call that is refused as a whole has no `data`. */
const answerSchema = z
  .object({
    data: z.unknown().optional(),
    errors: z.array(errorSchema).optional(),
  })
  .refine(({ data, errors }) => Boolean(data) || Boolean(errors?.length));

/** The longest wait for the rate limit, in milliseconds; longer ones are the caller's. */
const MAX_WAIT_MS = 20_000;

/** What an operation is and what its answer must look like. */
export interface TwentyOperation<T> extends TwentyCallOptions {
  document: string;
  variables?: Record<string, unknown>;
  /** What `data` must look like. */
  expect: z.ZodType<T>;
  /** What is tried, for the error message. */
  action: string;
  /** Whether it may be repeated although it may have had an effect; queries may, mutations may not. */
  repeatable?: boolean;
}

/**
 * GraphQL operations: errors come in answers of HTTP 200 and are thrown as
 * `ServiceError` like those of any other service.
 *
 * @public
 */
export class TwentyCalls {
  constructor(
    private readonly http: ServiceHttpClient,
    private readonly secrets: string[],
    /** Attempts after the first, when the rate limit refuses an operation. */
    private readonly retries: number,
  ) {}

  /** The version of the server, where it tells (`client-config.service.ts`). */
  async version(options?: TwentyCallOptions): Promise<string | undefined> {
    const { data } = await this.http.request({
      method: 'GET',
      path: '/client-config',
      expect: z.object({ appVersion: z.string().nullish() }),
      action: 'tell its version',
      ...options,
    });
    return data.appVersion ?? undefined;
  }

  /** Runs an operation of the core API, or of the metadata API. */
  async run<T>(
    operation: TwentyOperation<T>,
    path: '/graphql' | '/metadata' = '/graphql',
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.attempt(operation, path);
      } catch (error) {
        // A refusal with HTTP 429 was repeated already. What the limit refused had no effect, so that mutations are repeated too.
        if (
          !isServiceError(error, 'rate-limited') ||
          error.status !== undefined ||
          attempt >= this.retries ||
          error.retryAfterMs! > MAX_WAIT_MS
        ) {
          throw error;
        }
        await wait(error.retryAfterMs!, operation.signal);
      }
    }
  }

  private async attempt<T>(
    operation: TwentyOperation<T>,
    path: string,
  ): Promise<T> {
    const { document, variables, expect, action, signal } = operation;
    const { data: answer } = await this.http.request({
      method: 'POST',
      path,
      json: { query: document, variables },
      expect: answerSchema,
      action,
      signal,
      repeatable:
        operation.repeatable ?? !document.trimStart().startsWith('mutation'),
    });
    const [error] = answer.errors ?? [];
    if (error) throw this.failure(action, error);
    const parsed = expect.safeParse(answer.data);
    if (parsed.success) return parsed.data;
    throw new ServiceError(
      `Twenty could not ${action}: the answer is not what its API promises. Check that the version of the server is supported and that twenty.baseUrl is its address`,
      { kind: 'unexpected-response', service: 'Twenty', cause: parsed.error },
    );
  }

  private failure(action: string, error: z.infer<typeof errorSchema>) {
    const { code, userFriendlyMessage } = error.extensions ?? {};
    const kind = kindOf(error);
    const said =
      userFriendlyMessage && userFriendlyMessage !== error.message
        ? `${error.message} (${userFriendlyMessage})`
        : error.message;
    const retryAfterMs =
      kind === 'rate-limited' ? nextTokenMs(error.message) : undefined;
    const step = nextStep(kind, { configKey: 'twenty', retryAfterMs });
    return new ServiceError(
      redact(
        withNextStep(`Twenty could not ${action}: ${said}`, step),
        this.secrets,
      ),
      { kind, service: 'Twenty', code, retryAfterMs },
    );
  }
}

/** Waits, or ends with the caller's reason. */
async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Milliseconds until one more operation is allowed. The message tells the size
 * of the bucket and the time in which it fills ("Limit reached (100 tokens per
 * 60000 ms)", `throttler.service.ts`); there is no header.
 */
function nextTokenMs(message: string): number {
  const [, tokens, windowMs] =
    message.match(/\((\d+) tokens per (\d+) ms\)/) ?? [];
  return tokens ? Math.ceil(Number(windowMs) / Number(tokens)) : 60_000;
}

/** `extensions.code` of `twenty-orm-graphql-api-exception-handler.util.ts` and `graphql-errors.util.ts`. */
function kindOf({
  message,
  extensions,
}: z.infer<typeof errorSchema>): ServiceErrorKind {
  if (
    extensions?.conflictingRecordId ||
    message.startsWith('A duplicate entry was detected')
  ) {
    return 'conflict';
  }
  // Told as bad input (`throttler-to-graphql-api-exception-handler.util.ts`).
  if (extensions?.subCode === 'LIMIT_REACHED') return 'rate-limited';
  // A value that the schema refuses is an internal error to the server (`convertGraphQLErrorToBaseGraphQLError`).
  if (message.startsWith('Variable "$')) return 'validation';
  switch (extensions?.code) {
    case 'UNAUTHENTICATED':
      return 'unauthorized';
    case 'FORBIDDEN':
      return 'forbidden';
    case 'NOT_FOUND':
      return 'not-found';
    case 'CONFLICT':
      return 'conflict';
    case 'BAD_USER_INPUT':
    case 'GRAPHQL_VALIDATION_FAILED':
      return 'validation';
    case 'LIMIT_REACHED':
    case 'TOO_MANY_REQUESTS':
      return 'rate-limited';
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
      return 'unavailable';
    default:
      return 'validation';
  }
}
