import { limitReached } from './errors';

/** `API_RATE_LIMITING_SHORT_LIMIT` of `config-variables.ts`: calls in a second. */
const SHORT_LIMIT = 100;

/** Tokens that come back with time (`throttler.service.ts`). */
interface Bucket {
  size: number;
  windowMs: number;
  tokens: number;
  refilledAt: number;
}

/**
 * Twenty's limits for API keys, per workspace: 100 operations a second and 100
 * a minute by default, self-hosted or not (`config-variables.ts`,
 * `common-base-query-runner.service.ts`).
 */
export class RateLimit {
  private readonly buckets: Bucket[];

  constructor(
    /** Operations in a minute; 0 switches the limits off. */
    perMinute: number,
    private readonly now: () => number = Date.now,
  ) {
    const bucket = (size: number, windowMs: number) => ({
      size,
      windowMs,
      tokens: size,
      refilledAt: now(),
    });
    this.buckets =
      perMinute === 0
        ? []
        : [bucket(SHORT_LIMIT, 1_000), bucket(perMinute, 60_000)];
  }

  /** Counts an operation. @throws GraphQLError when it is one too many */
  take(): void {
    const now = this.now();
    for (const bucket of this.buckets) {
      const { size, windowMs, tokens, refilledAt } = bucket;
      const refill = Math.floor(((now - refilledAt) * size) / windowMs);
      const available = Math.min(tokens + refill, size);
      if (available < 1) throw limitReached(size, windowMs);
      bucket.tokens = available - 1;
      bucket.refilledAt = now;
    }
  }
}
