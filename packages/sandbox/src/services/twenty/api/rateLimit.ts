import { GraphQLError } from 'graphql';

/**
 * Twenty's limits for API keys, per workspace: 100 calls a second and 100 a
 * minute by default, self-hosted or not (`config-variables.ts`).
 */
export class RateLimit {
  private readonly calls: number[] = [];

  constructor(
    /** Calls in a minute; 0 switches the limit off. */
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts a call. @throws GraphQLError when it is one too many */
  take(): void {
    if (this.perMinute === 0) return;
    const current = this.now();
    while (this.calls.length > 0 && this.calls[0] <= current - 60_000) {
      this.calls.shift();
    }
    if (this.calls.length >= this.perMinute) {
      throw new GraphQLError('Limit reached', {
        extensions: {
          code: 'LIMIT_REACHED',
          userFriendlyMessage: 'Too many requests. Please try again later.',
        },
      });
    }
    this.calls.push(current);
  }
}
