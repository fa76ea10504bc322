import { scheduleProblem, ttlProblem } from './schedule';

describe('scheduleProblem', () => {
  it.each([
    'CRON_TZ=Europe/Berlin 30 8 * * 1-5',
    '30 8 * * *',
    '0 9 * * MON-FRI',
  ])('accepts %s', schedule => {
    expect(scheduleProblem(schedule)).toBeUndefined();
  });

  it.each([
    ['30 8 * *', /5 fields/],
    ['30 8 1 * *', /day-of-month/],
    ['30 8 * 1 *', /month/],
    ['99 8 * * 1', /parse int from 99/],
    ['CRON_TZ=Mars/Base 30 8 * * 1', /unknown time zone/],
  ])('refuses %s', (schedule, problem) => {
    expect(scheduleProblem(schedule)).toMatch(problem);
  });
});

describe('ttlProblem', () => {
  it('wants at least a minute and at most 30 days, and takes 0 as never', () => {
    expect(ttlProblem(0)).toBeUndefined();
    expect(ttlProblem(60_000)).toBeUndefined();
    expect(ttlProblem(59_999)).toMatch(/one minute/);
    expect(ttlProblem(31 * 86_400_000)).toMatch(/30 days/);
  });
});
