import { RateLimit } from './rateLimit';

describe('RateLimit', () => {
  it('lets so many operations through at once, and one more as each comes back', () => {
    let now = 0;
    const limit = new RateLimit(2, () => now);
    limit.take();
    limit.take();
    now = 29_999;
    expect(() => limit.take()).toThrow('Limit reached (2 tokens per 60000 ms)');
    now = 30_000;
    limit.take();
    expect(() => limit.take()).toThrow('Limit reached');
  });

  it('never has more left than its size', () => {
    let now = 0;
    const limit = new RateLimit(2, () => now);
    now = 600_000;
    limit.take();
    limit.take();
    expect(() => limit.take()).toThrow('Limit reached');
  });

  it('lets 100 through in a second, however many a minute has', () => {
    let now = 0;
    const limit = new RateLimit(1_000, () => now);
    for (let call = 0; call < 100; call += 1) limit.take();
    expect(() => limit.take()).toThrow(
      'Limit reached (100 tokens per 1000 ms)',
    );
    now = 10;
    limit.take();
  });

  it('does not count when it is switched off', () => {
    const limit = new RateLimit(0);
    for (let call = 0; call < 500; call += 1) limit.take();
    expect(limit).toBeInstanceOf(RateLimit);
  });
});
