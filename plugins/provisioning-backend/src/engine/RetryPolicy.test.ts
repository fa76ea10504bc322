import { RetryPolicy } from './RetryPolicy';

const limits = {
  attempts: 4,
  minDelayMs: 1_000,
  maxDelayMs: 3_000,
  deadlineMs: 60_000,
  attemptTimeoutMs: 1_000,
};
const middle = { now: () => 0, random: () => 0.5 };

describe('RetryPolicy', () => {
  it('doubles the wait up to the longest, and ends with the attempts', () => {
    const policy = new RetryPolicy(limits, middle);
    expect(
      [1, 2, 3, 4].map(attempts => policy.nextDelay(attempts, 60_000)),
    ).toEqual([1_000, 2_000, 3_000, undefined]);
  });

  it('spreads those who failed together', () => {
    const delays = [0, 1].map(random =>
      new RetryPolicy(limits, { now: () => 0, random: () => random }).nextDelay(
        1,
        60_000,
      ),
    );
    expect(delays).toEqual([750, 1_250]);
  });

  it('never comes back before the service wants it', () => {
    const policy = new RetryPolicy(limits, middle);
    expect(policy.nextDelay(1, 60_000, 20_000)).toBe(20_000);
  });

  it('gives up when the next attempt would be too late', () => {
    const policy = new RetryPolicy(limits, middle);
    expect(policy.nextDelay(1, 999)).toBeUndefined();
    expect(policy.nextDelay(1, 60_000, 120_000)).toBeUndefined();
  });
  it('waits out a service that is away until the deadline, however many attempts', () => {
    const policy = new RetryPolicy(limits, {
      now: () => 1_000,
      random: () => 0,
    });
    expect(policy.holdDelay(300, 5_000)).toBe(300);
    expect(policy.holdDelay(300, 1_200)).toBe(200);
    expect(policy.holdDelay(300, 1_000)).toBeUndefined();
  });
});
