import { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

/**
 * Holds off an address that sends what is refused or was sent before. Signed
 * new deliveries do not count: Logto sends each only once, so turning one away
 * because many people sign up at the same time would lose it.
 *
 * The address is Express' own, which follows `backend.trustProxy`.
 */
export function createWebhookLimiter(refusedPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: refusedPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) =>
      response.locals.isNewDelivery === true,
    keyGenerator: ({ ip, socket }) =>
      ipKeyGenerator(ip ?? socket.remoteAddress ?? ''),
    message: {
      error: {
        name: 'TooManyRequestsError',
        message:
          'Too many deliveries from this address were refused or sent twice within a minute. Retry-After says when to come back',
      },
      response: { statusCode: 429 },
    },
    // As Backstage's own limiter: whether a proxy is trusted is for backend.trustProxy to say.
    validate: { trustProxy: false },
  });
}
