import express from 'express';
import { Settings } from '../model/settings';

/**
 * The server's rate limit when it is switched on: `PerSec` calls a second with
 * bursts of `MaxBurst`, for each address (server/channels/app/ratelimit.go).
 *
 * It counts the way of the generic cell rate algorithm, as the server's library
 * does: `due` is when a caller's calls so far will have been paid off.
 */
export function rateLimit(
  settings: Settings,
  now: () => number = Date.now,
): express.RequestHandler {
  const due = new Map<string, number>();
  return (request, response, next) => {
    const { Enable, PerSec, MaxBurst } = settings.current.RateLimitSettings;
    if (!Enable) {
      next();
      return;
    }
    const interval = 1000 / PerSec;
    const key = request.ip ?? '';
    const start = Math.max(due.get(key) ?? 0, now());
    const end = start + interval;
    const room = (MaxBurst + 1) * interval - (end - now());
    const isLimited = room < 0;
    if (!isLimited) due.set(key, end);
    const owed = (isLimited ? start : end) - now();
    response.set({
      'X-RateLimit-Limit': String(MaxBurst + 1),
      'X-RateLimit-Remaining': String(
        isLimited ? 0 : Math.floor(room / interval),
      ),
      // Seconds until the reset, not a point in time.
      'X-RateLimit-Reset': String(Math.ceil(owed / 1000)),
    });
    if (!isLimited) {
      next();
      return;
    }
    // Go's http.Error: plain text with a line feed, no JSON.
    response
      .status(429)
      .set('Retry-After', String(Math.ceil(-room / 1000)))
      .set('X-Content-Type-Options', 'nosniff')
      .type('text/plain')
      .send('limit exceeded\n');
  };
}
