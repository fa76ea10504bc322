import express from 'express';
import { Coder } from './Coder';

const WINDOW_MS = 60_000;

/**
 * Coder's limit of calls a minute, per user and endpoint (coderd/httpmw/ratelimit.go).
 *
 * @param limit - calls a minute; 0 switches the limit off, as the sandbox does unless told otherwise
 */
export function rateLimit(coder: Coder, limit: number): express.RequestHandler {
  const windows = new Map<string, { count: number; endsAt: number }>();
  return (request, response, next) => {
    const caller = coder.caller(request);
    const bypass =
      caller?.owner && request.get('X-Coder-Bypass-Ratelimit') === 'true';
    if (limit === 0 || bypass) {
      next();
      return;
    }
    const now = Date.now();
    const key = `${caller?.id ?? request.ip} ${request.path}`;
    const open = windows.get(key);
    const current =
      open && open.endsAt > now ? open : { count: 0, endsAt: now + WINDOW_MS };
    current.count += 1;
    windows.set(key, current);
    const seconds = Math.ceil((current.endsAt - now) / 1000);
    response.set({
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(0, limit - current.count)),
      'X-RateLimit-Reset': String(Math.ceil(current.endsAt / 1000)),
    });
    if (current.count <= limit) {
      next();
      return;
    }
    response.set('Retry-After', String(seconds));
    response.status(429).json({
      message: `You've been rate limited for sending more than ${limit} requests in 1m0s.`,
    });
  };
}
