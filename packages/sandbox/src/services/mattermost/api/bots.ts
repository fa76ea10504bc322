import express from 'express';
import { invalidBody, missingPermission } from '../app-error';
import { Mattermost } from '../model';
import { isSystemAdmin } from '../model/access';
import { caller, paginate, pathId } from './context';
import { botView } from './views';

/** Bots and access tokens (server/channels/api4/bot.go and user.go). */
export function addBotRoutes(
  router: express.Router,
  mattermost: Mattermost,
): void {
  const { bots, users, access, state } = mattermost;

  router.post('/bots', (request, response) => {
    const user = caller(mattermost, request);
    // A bot makes no bots, whatever its roles.
    if (!isSystemAdmin(user) || user.is_bot) {
      throw missingPermission(user.id, 'create_bot');
    }
    response.status(201).json(botView(bots.create(request.body, user.id)));
  });

  router.get('/bots', (request, response) => {
    const user = caller(mattermost, request);
    access.requireSystemAdmin(user, 'read_bots');
    const rows = bots.all().filter(row => row.delete_at === 0);
    response.json(paginate(request, rows).map(botView));
  });

  router.post('/users/:user_id/tokens', (request, response) => {
    const user = caller(mattermost, request);
    const owner = users.get(pathId(request, 'user_id', user));
    access.requireSystemAdmin(user, 'create_user_access_token');
    const { id, token, user_id, description, is_active } = bots.createToken(
      owner,
      request.body,
    );
    response.json({ id, token, user_id, description, is_active });
  });

  router.post('/users/tokens/revoke', (request, response) => {
    const user = caller(mattermost, request);
    access.requireSystemAdmin(user, 'revoke_user_access_token');
    if (!state.tokens.delete(String(request.body?.token_id ?? ''))) {
      throw invalidBody('token_id');
    }
    response.json({ status: 'OK' });
  });
}
