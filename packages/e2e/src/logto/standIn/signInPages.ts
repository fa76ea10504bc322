import express from 'express';
import { html } from 'hono/html';
import type Provider from 'oidc-provider';
import { LogtoEvents } from './LogtoEvents';
import { LogtoPeople } from './LogtoPeople';

/** The page where people sign in or create an account. */
export function createSignInPages(
  provider: Provider,
  people: LogtoPeople,
  events: LogtoEvents,
): express.Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false }));

  const finish = (
    request: express.Request,
    response: express.Response,
    accountId: string,
  ) =>
    provider.interactionFinished(request, response, { login: { accountId } });

  router.get('/:uid', (request, response) => {
    response.send(page(request.params.uid));
  });

  router.post('/:uid', (request, response, next) => {
    const { username, password } = request.body;
    const user = people.check(username, password);
    if (!user) {
      response.status(400).send(page(request.params.uid, 'Wrong password.'));
      return;
    }
    finish(request, response, user.id).catch(next);
  });

  router.post('/:uid/register', (request, response, next) => {
    const user = people.signUp(request.body);
    events.signedUp(user);
    finish(request, response, user.id).catch(next);
  });

  return router;
}

function page(uid: string, error = ''): string {
  return String(html`<!DOCTYPE html>
    <html lang="en">
      <title>Logto</title>
      <p role="alert">${error}</p>
      <form method="post" action="/sign-in/${uid}" aria-label="Sign in">
        <label>Username <input name="username" /></label>
        <label>Password <input name="password" type="password" /></label>
        <button>Sign in</button>
      </form>
      <form
        method="post"
        action="/sign-in/${uid}/register"
        aria-label="Create account"
      >
        <label>Username <input name="username" /></label>
        <label>Email <input name="email" /></label>
        <label>Password <input name="password" type="password" /></label>
        <button>Create account</button>
      </form>
    </html>`);
}
