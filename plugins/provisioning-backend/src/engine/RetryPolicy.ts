/** How often and how long failures that may pass are tried again. All times in milliseconds. */
export interface RetryLimits {
  /** Attempts of a step, the first included. */
  attempts: number;
  /** Wait after the first attempt; it doubles with every further one. */
  minDelayMs: number;
  maxDelayMs: number;
  /** From the moment a step is stored. */
  deadlineMs: number;
  /** Time that one attempt may take. */
  attemptTimeoutMs: number;
}

/** Decides whether and when something is tried again. */
export class RetryPolicy {
  constructor(
    readonly limits: RetryLimits,
    private readonly clock: { now(): number; random(): number } = {
      now: Date.now,
      random: Math.random,
    },
  ) {}

  /**
   * Milliseconds until the next attempt, or undefined when enough was tried.
   *
   * @param attempts - attempts so far
   * @param deadline - milliseconds since the epoch
   * @param retryAfterMs - what the service asked for; never undercut
   */
  nextDelay(
    attempts: number,
    deadline: number,
    retryAfterMs?: number,
  ): number | undefined {
    const { limits, clock } = this;
    if (attempts >= limits.attempts) return undefined;
    const backoff = Math.min(
      limits.maxDelayMs,
      limits.minDelayMs * 2 ** (attempts - 1),
    );
    // Jitter keeps those who failed together from coming back together.
    const delay = Math.max(
      retryAfterMs ?? 0,
      Math.round(backoff * (0.75 + 0.5 * clock.random())),
    );
    return clock.now() + delay > deadline ? undefined : delay;
  }

  /**
   * Milliseconds until the next attempt while the service counts as away, or
   * undefined after the deadline. However many attempts there were: they only
   * found out that it is still away.
   */
  holdDelay(holdMs: number, deadline: number): number | undefined {
    const left = deadline - this.clock.now();
    return left > 0 ? Math.min(holdMs, left) : undefined;
  }
}
