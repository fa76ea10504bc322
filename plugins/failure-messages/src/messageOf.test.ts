import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { messageOf } from './messageOf';

async function answered(status: number, type: string, body: string) {
  return ResponseError.fromResponse(
    new Response(body, { status, headers: { 'Content-Type': type } }),
  );
}

describe('messageOf', () => {
  it('has the backend speak for itself', async () => {
    const body = JSON.stringify({
      error: { name: 'NotAllowedError', message: 'You may not list the runs' },
      response: { statusCode: 403 },
    });
    expect(messageOf(await answered(403, 'application/json', body))).toBe(
      'You may not list the runs',
    );
  });

  it.each([
    ['a page', 'text/html', '<html>Bad gateway</html>'],
    ['JSON of somebody else', 'application/json', '{"oops":true}'],
    ['nothing', 'text/plain', ''],
  ])('shows the status and not the body of %s', async (_, type, body) => {
    expect(messageOf(await answered(502, type, body))).toBe(
      'The portal answered 502. Try again; if that does not help, tell your platform team',
    );
  });

  it.each([
    'Failed to fetch',
    'NetworkError when attempting to fetch resource.',
    'Load failed',
  ])('says of "%s" that the portal cannot be reached', message => {
    expect(messageOf(new TypeError(message))).toMatch(
      /^The portal cannot be reached/,
    );
  });

  it('shows nobody what a schema complains about', () => {
    const { error } = z.object({ items: z.array(z.string()) }).safeParse({});
    expect(messageOf(error)).toMatch(/^The portal answered something/);
  });

  it.each([new Error('No such day'), 'No such day'])(
    'has others speak for themselves',
    error => {
      expect(messageOf(error)).toContain('No such day');
    },
  );
});
