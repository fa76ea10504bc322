import express from 'express';
import Router from 'express-promise-router';
import type Provider from 'oidc-provider';
import { userClaims } from '../model/claims';
import { Realm } from '../model/realm';
import { ACCOUNT_CLIENT } from '../oidc/clients';
import { accountPage } from './account';

/** The account page: `/realms/<realm>/account`; whoever is not signed in logs in first. */
export function createAccountRouter(
  provider: Provider,
  realm: Realm,
): express.Router {
  const { issuer } = provider;
  const home = `${issuer}/account`;
  const endpoints = `${issuer}/protocol/openid-connect`;
  const router = Router();

  router.get('/', async (request, response) => {
    const session = await provider.Session.get(
      provider.createContext(request, response),
    );
    const user = session.accountId && realm.users.get(session.accountId);
    if (!user || !user.enabled) {
      const query = new URLSearchParams({
        client_id: ACCOUNT_CLIENT,
        redirect_uri: home,
        response_type: 'code',
        scope: 'openid',
      });
      response.redirect(`${endpoints}/auth?${query}`);
      return;
    }
    if (request.query.code) {
      // The session is all that the page needs; the code is left to expire.
      response.redirect(home);
      return;
    }
    const logout = new URLSearchParams({ client_id: ACCOUNT_CLIENT });
    response.send(
      accountPage(
        userClaims(realm, user, ACCOUNT_CLIENT),
        `${endpoints}/logout?${logout}`,
      ),
    );
  });

  return router;
}
