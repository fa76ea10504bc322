import { relativeTime } from './relativeTime';

const now = Date.parse('2026-01-15T12:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['2026-01-15T11:59:30Z', 'just now'],
    ['2026-01-15T12:00:05Z', 'in a moment'],
    ['2026-01-15T11:55:00Z', '5 minutes ago'],
    ['2026-01-15T10:00:00Z', '2 hours ago'],
    ['2026-01-14T12:00:00Z', 'yesterday'],
    ['2026-02-14T12:00:00Z', 'in 30 days'],
  ])('says of %s: %s', (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });
});
