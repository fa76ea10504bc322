import { RateLimit } from './rateLimit';

describe('RateLimit', () => {
  it('lets so many calls through in any minute', () => {
    let now = 0;
    const limit = new RateLimit(2, () => now);
    limit.take();
    now = 30_000;
    limit.take();
    now = 59_999;
    expect(() => limit.take()).toThrow('Limit reached');
    now = 60_000;
    limit.take();
    expect(() => limit.take()).toThrow('Limit reached');
  });

  it('does not count when it is switched off', () => {
    const limit = new RateLimit(0);
    for (let call = 0; call < 500; call += 1) limit.take();
    expect(limit).toBeInstanceOf(RateLimit);
  });
});
