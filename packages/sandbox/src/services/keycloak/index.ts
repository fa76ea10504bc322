import express from 'express';
import Router from 'express-promise-router';
import { StandInFactory } from '../../core/service';
import { createAdminRouter } from './admin/router';
import { createWebhooksRouter } from './admin/webhooks';
import { WebhookSender } from './events/webhook-sender';
import { Webhooks } from './events/webhooks';
import { Realm } from './model/realm';
import { serviceAccountId } from './model/stable-id';
import { seedRealm } from './model/seed';
import { requireAdmin } from './oidc/admin-access';
import { Artifacts } from './oidc/artifacts';
import { loadKeys } from './oidc/keys';
import { LoginFlow } from './oidc/login-flow';
import { createProvider } from './oidc/provider';
import { createAccountRouter } from './pages/account-router';
import { errorPage } from './pages/error';
import { pageHeaders } from './pages/layout';
import { createLoginActions } from './pages/login-actions';

/** Id of the webhook that tells the portal of people. */
const PORTAL_WEBHOOK = 'portal';

/** The stand-in for Keycloak: one realm with log-in, sign-up, Admin API and webhooks. */
export const createKeycloak: StandInFactory = async ({
  store,
  credentials,
  log,
}) => {
  const { issuer, realm: realmName } = credentials.services.keycloak;
  const realm = new Realm(store, realmName);
  await seedRealm(realm, credentials.people);

  const keys = loadKeys(store);
  const artifacts = new Artifacts(store);
  const flow = new LoginFlow(issuer, keys.cookieSecret);
  const provider = createProvider({
    credentials,
    realm,
    keys,
    artifacts,
    flow,
  });
  provider.on('server_error', (_ctx, error) => {
    log(`OpenID Connect: ${error.stack ?? error.message}`);
  });

  const webhooks = new Webhooks(store);
  webhooks.save({
    id: PORTAL_WEBHOOK,
    enabled: true,
    url: `${credentials.portal.url}/api/provisioning/webhooks/keycloak`,
    secret: credentials.services.keycloak.webhookSecret,
    algorithm: 'HmacSHA256',
    eventTypes: [
      'access.REGISTER',
      'admin.USER-.*',
      'admin.GROUP-.*',
      'admin.GROUP_MEMBERSHIP-.*',
      'admin.ORGANIZATION-.*',
      'admin.ORGANIZATION_MEMBERSHIP-.*',
      'admin.REALM_ROLE_MAPPING-.*',
    ],
    createdBy: serviceAccountId(credentials.services.keycloak.clientId),
    createdAt: webhooks.get(PORTAL_WEBHOOK)?.createdAt ?? Date.now(),
  });
  const sender = new WebhookSender(webhooks, log);
  const admin = requireAdmin(provider, keys.signing);

  const app = express();
  app.disable('x-powered-by');
  app.use(
    '/admin',
    createAdminRouter({
      realm,
      artifacts,
      sender,
      requireAdmin: admin,
      log,
    }),
  );

  const pages = Router();
  pages.use(
    '/login-actions',
    pageHeaders,
    createLoginActions({ provider, flow, realm, sender }),
  );
  pages.use('/account', pageHeaders, createAccountRouter(provider, realm));
  pages.use(
    '/webhooks',
    createWebhooksRouter({ realmName, webhooks, requireAdmin: admin, log }),
  );
  pages.get('/', (_request, response) => {
    response.json({
      realm: realmName,
      'token-service': `${issuer}/protocol/openid-connect`,
      'account-service': `${issuer}/account`,
      'tokens-not-before': 0,
    });
  });
  pages.use('/protocol/openid-connect', pageHeaders);
  pages.use(provider.callback());

  const realmPath = new URL(issuer).pathname;
  app.use(realmPath, pages);
  app.get('/', (_request, response) => {
    response.redirect(`${realmPath}/account`);
  });
  app.use((_request, response) => {
    response.status(404).send(errorPage('Page not found'));
  });

  return {
    app,
    async stop() {
      sender.stop();
      artifacts.stop();
    },
  };
};
