import express from 'express';
import Router from 'express-promise-router';
import { KeycloakWebhook } from './KeycloakWebhook';

/** An event of Keycloak is a few kilobytes; its representation of a user may be larger. */
const MAX_BODY = '256kb';

/** Path below the plugin's own of each webhook. */
export const KEYCLOAK_WEBHOOK_PATH = '/webhooks/keycloak';

/** Routes that identity providers call; each checks a signature instead of a token. */
export function createWebhookRouter(keycloak: KeycloakWebhook): express.Router {
  const router = Router();
  router.post(
    KEYCLOAK_WEBHOOK_PATH,
    // The signature is over the bytes, whatever they are called.
    express.raw({ type: () => true, limit: MAX_BODY }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.of();
      response.status(202).json({
        status: await keycloak.accept(request, body),
      });
    },
  );
  return router;
}
