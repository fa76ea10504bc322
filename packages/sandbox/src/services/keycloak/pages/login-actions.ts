import express from 'express';
import Router from 'express-promise-router';
import type Provider from 'oidc-provider';
import type { Interaction } from 'oidc-provider';
import { registerEvent } from '../events/event';
import { WebhookSender } from '../events/webhook-sender';
import { verifyPassword } from '../model/passwords';
import { Realm } from '../model/realm';
import {
  checkSignUp,
  SIGN_UP_FIELDS,
  signUp,
  SignUpErrors,
  SignUpForm,
} from '../model/sign-up';
import { LoginFlow } from '../oidc/login-flow';
import { errorPage } from './error';
import { loginPage } from './login';
import { registerPage } from './register';

/** What the steps of a log-in work with. */
export interface LoginActionsOptions {
  provider: Provider;
  flow: LoginFlow;
  realm: Realm;
  sender: WebhookSender;
}

/** Log-in and sign-up: `/realms/<realm>/login-actions/*`. */
export function createLoginActions(
  options: LoginActionsOptions,
): express.Router {
  const { provider, flow, realm, sender } = options;
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: '16kb' }));

  /** The log-in of a request, or a page that says that it is over. */
  async function open(request: express.Request, response: express.Response) {
    const interaction = await flow.find(provider, request, response);
    if (!interaction) {
      const client = await provider.Client.find(
        String(request.query.client_id ?? ''),
      );
      response
        .status(400)
        .send(
          errorPage(
            'Your login attempt timed out. Login will start from the beginning.',
            client?.clientUri,
          ),
        );
    }
    return interaction;
  }

  function showLogin(
    request: express.Request,
    response: express.Response,
    username: string,
    error?: string,
  ) {
    response.send(
      loginPage({
        action: flow.link('authenticate', request),
        registrationLink: flow.link('registration', request),
        username,
        error,
      }),
    );
  }

  function showRegistration(
    request: express.Request,
    response: express.Response,
    form: SignUpForm,
    errors: SignUpErrors,
  ) {
    response.send(
      registerPage({
        action: flow.link('registration', request),
        loginLink: flow.link('authenticate', request),
        form,
        errors,
        domains: realm.organizations
          .all()
          .flatMap(({ domains }) => domains.map(({ name }) => name)),
      }),
    );
  }

  async function finish(
    response: express.Response,
    interaction: Interaction,
    userId?: string,
  ) {
    response.redirect(303, await flow.finish(interaction, userId));
  }

  router.get('/authenticate', async (request, response) => {
    const interaction = await open(request, response);
    if (!interaction) return;
    if (interaction.prompt.name === 'consent') {
      // A client that asks for consent gets it: the realm has no such page.
      await finish(response, interaction);
      return;
    }
    showLogin(request, response, String(interaction.params.login_hint ?? ''));
  });

  router.post('/authenticate', async (request, response) => {
    const interaction = await open(request, response);
    if (!interaction) return;
    const { username, password } = typed(request, ['username', 'password']);
    const user = realm.users.byLogin(username);
    if (!(await verifyPassword(password, user?.passwordHash)) || !user) {
      const message = 'Invalid username or password.';
      showLogin(request, response, username, message);
    } else if (!user.enabled) {
      const message = 'Account is disabled, contact your administrator.';
      showLogin(request, response, username, message);
    } else {
      await finish(response, interaction, user.id);
    }
  });

  router.get('/registration', async (request, response) => {
    if (!(await open(request, response))) return;
    const empty = Object.fromEntries(SIGN_UP_FIELDS.map(name => [name, '']));
    showRegistration(request, response, empty as SignUpForm, {});
  });

  router.post('/registration', async (request, response) => {
    const interaction = await open(request, response);
    if (!interaction) return;
    const form = typed(request, SIGN_UP_FIELDS);
    const errors = checkSignUp(realm, form);
    if (Object.keys(errors).length > 0) {
      showRegistration(request, response, form, errors);
      return;
    }
    const result = await signUp(realm, form);
    if ('errors' in result) {
      showRegistration(request, response, form, result.errors);
      return;
    }
    sender.publish(
      registerEvent(realm, result.user, {
        clientId: String(interaction.params.client_id),
        ipAddress: request.ip ?? '',
      }),
    );
    await finish(response, interaction, result.user.id);
  });

  return router;
}

/** Fields of a form as text; passwords as they are, the rest without blanks around. */
function typed<T extends string>(
  request: express.Request,
  names: readonly T[],
): Record<T, string> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const entries = names.map(name => {
    const value = typeof body[name] === 'string' ? body[name] : '';
    return [name, name.startsWith('password') ? value : value.trim()];
  });
  return Object.fromEntries(entries) as Record<T, string>;
}
