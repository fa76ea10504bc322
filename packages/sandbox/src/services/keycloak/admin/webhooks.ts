import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { WebhookRow, Webhooks } from '../events/webhooks';
import { AdminError, adminErrors, found } from './errors';

const webhookSchema = z.strictObject({
  enabled: z.boolean().default(false),
  url: z.url({ protocol: /^https?$/ }),
  secret: z.string().optional(),
  // Sent back by whoever changes what they read.
  id: z.string().optional(),
  realm: z.string().optional(),
  createdBy: z.string().optional(),
  createdAt: z.number().optional(),
  algorithm: z.enum(['HmacSHA256', 'HmacSHA1']).default('HmacSHA256'),
  eventTypes: z.array(z.string().max(255)).max(100).optional(),
});

/** What the webhook API is made of. */
export interface WebhooksRouterOptions {
  realmName: string;
  webhooks: Webhooks;
  requireAdmin: express.RequestHandler;
  log(message: string): void;
}

/** The REST API of p2-inc/keycloak-events: `/realms/<realm>/webhooks`. */
export function createWebhooksRouter(
  options: WebhooksRouterOptions,
): express.Router {
  const { webhooks, realmName } = options;
  const router = Router();
  router.use(options.requireAdmin, express.json({ limit: '64kb' }));

  /** Never shows the secret, as the original. */
  const representation = (webhook: WebhookRow) => ({
    id: webhook.id,
    enabled: webhook.enabled,
    url: webhook.url,
    createdBy: webhook.createdBy,
    createdAt: webhook.createdAt,
    realm: realmName,
    eventTypes: webhook.eventTypes,
  });

  const webhook = (request: express.Request) =>
    found(
      webhooks.get(request.params.id),
      `no webhook with id ${request.params.id}`,
    );

  router.get('/', (_request, response) => {
    response.json(webhooks.all().map(representation));
  });

  router.post('/', (request, response) => {
    const input = parse(request.body);
    if (webhooks.full) {
      throw new AdminError(400, { error: 'too many webhooks' });
    }
    const row = webhooks.create({
      eventTypes: [],
      ...input,
      createdBy: response.locals.author.userId,
    });
    // As of the original (WebhooksResource.java, createWebhook): not where the webhook is.
    const origin = `${request.protocol}://${request.get('Host')}`;
    response
      .status(201)
      .location(`${origin}/admin/realms/${realmName}/webhooks/${row.id}`)
      .end();
  });

  router.get('/:id', (request, response) => {
    response.json(representation(webhook(request)));
  });

  router.put('/:id', (request, response) => {
    const before = webhook(request);
    const input = parse(request.body);
    webhooks.save({
      ...before,
      ...input,
      // An empty secret keeps the one that is there.
      secret: input.secret || before.secret,
      eventTypes: input.eventTypes ?? before.eventTypes,
    });
    response.status(204).end();
  });

  router.delete('/:id', (request, response) => {
    webhooks.delete(webhook(request).id);
    response.status(204).end();
  });

  router.use(adminErrors(options.log));
  return router;
}

function parse(body: unknown) {
  const input = webhookSchema.safeParse(body);
  if (!input.success) {
    throw new AdminError(400, { error: z.prettifyError(input.error) });
  }
  return input.data;
}
