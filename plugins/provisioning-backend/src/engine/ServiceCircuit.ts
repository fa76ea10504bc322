import { isServiceError } from '@formulary/service-client-node';
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
} from 'cockatiel';

/** When a service counts as away. */
export interface CircuitLimits {
  /** Calls in a row without an answer after which it is not called any more. */
  failures: number;
  /** Milliseconds after which one call finds out whether it is back. */
  coolDownMs: number;
}

/** A service that is not called for now. Times in milliseconds since the epoch. */
export interface OpenCircuit {
  /** When the first call of those in a row came to nothing. */
  failingSince: number;
  /** When the service is called again; in the past while that call is under way. */
  nextTryAt: number;
  /** Why the last call came to nothing, for people. */
  lastError: string;
}

/**
 * Holds back calls of a service that gave no answer several times in a row, as
 * this process saw it. A refusal is an answer, and so is "too many calls".
 */
export class ServiceCircuit {
  private readonly policy: CircuitBreakerPolicy;
  private failingSince: number | undefined;
  private openedAt = 0;
  private lastError = '';

  constructor(
    private readonly limits: CircuitLimits,
    private readonly now: () => number = Date.now,
  ) {
    this.policy = circuitBreaker(handleAll, {
      halfOpenAfter: limits.coolDownMs,
      breaker: new ConsecutiveBreaker(limits.failures),
    });
    this.policy.onBreak(() => {
      this.openedAt = this.now();
    });
  }

  /** Undefined when the service may be called: always, unless it counts as away. */
  get open(): OpenCircuit | undefined {
    const { state } = this.policy;
    if (state === CircuitState.Closed) return undefined;
    return {
      failingSince: this.failingSince ?? this.openedAt,
      nextTryAt: this.openedAt + this.limits.coolDownMs,
      lastError: this.lastError,
    };
  }

  /** Milliseconds until a call makes sense again, or undefined when it does now. */
  holdMs(): number | undefined {
    const { open } = this;
    if (!open) return undefined;
    // The first who comes after the cool-down tries; the others wait for what comes of it.
    if (this.policy.state === CircuitState.HalfOpen) {
      return Math.min(this.limits.coolDownMs, 5_000);
    }
    const left = open.nextTryAt - this.now();
    return left > 0 ? left : undefined;
  }

  /**
   * Makes a call.
   *
   * @throws BrokenCircuitError when somebody else has just found out that the service is still away
   */
  async call<T>(work: () => Promise<T>): Promise<T> {
    const result = await this.policy.execute(async () => {
      try {
        const value = await work();
        this.failingSince = undefined;
        return { answered: true as const, value };
      } catch (error) {
        if (!isSilence(error)) {
          this.failingSince = undefined;
          return { answered: false as const, error };
        }
        this.failingSince ??= this.now();
        this.lastError = error.message;
        throw error;
      }
    });
    if (result.answered) return result.value;
    throw result.error;
  }
}

/** Whether a call was not made because the service counts as away. */
export function isHeldBack(error: unknown): boolean {
  return error instanceof BrokenCircuitError;
}

function isSilence(error: unknown): error is Error {
  return isServiceError(error, 'unavailable', 'unexpected-response');
}
