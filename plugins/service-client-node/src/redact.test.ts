import { redact } from './redact';

describe('redact', () => {
  it('replaces every secret wherever it stands', () => {
    expect(redact('a=s3cret b=s3cret c=other', ['s3cret', 'other'])).toBe(
      'a=*** b=*** c=***',
    );
  });

  it('is not confused by an empty secret or by signs of regular expressions', () => {
    expect(redact('a.c abc', ['', 'a.c'])).toBe('*** abc');
  });
});
