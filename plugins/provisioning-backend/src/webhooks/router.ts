import express from 'express';
import Router from 'express-promise-router';
import { Precedence } from '../queue/Precedence';
import { createWebhookLimiter } from './rateLimit';
import { Webhook } from './Webhook';

/** An event is a few kilobytes; what it says of a user, or a list of 5,000 ids, may be larger. */
const MAX_BODY = '256kb';

/**
 * Routes that identity providers call; each checks a signature instead of a token.
 *
 * @param options.precedence - of requests over the work that earlier ones led to: their senders wait
 * @param options.refusedPerMinute - requests of an address that may lead to nothing new, by minute
 */
export function createWebhookRouter(
  webhooks: Webhook[],
  options: { refusedPerMinute: number; precedence: Precedence },
): express.Router {
  const router = Router();
  const limiter = createWebhookLimiter(options.refusedPerMinute);
  for (const webhook of webhooks) {
    router.post(
      webhook.path,
      limiter,
      // The signature is over the bytes, whatever they are called.
      express.raw({ type: () => true, limit: MAX_BODY }),
      async (request, response) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.of();
        const status = await options.precedence.first(() =>
          webhook.accept(request, body),
        );
        response.locals.isNewDelivery = status !== 'duplicate';
        response.status(202).json({ status });
      },
    );
  }
  return router;
}
