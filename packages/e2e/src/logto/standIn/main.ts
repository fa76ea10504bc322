import { FakeLogto } from '@formulary/logto-test-utils';
import express from 'express';
import { LogtoEvents } from './LogtoEvents';
import { LogtoPeople } from './LogtoPeople';
import { createProvider } from './provider';
import { createSignInPages } from './signInPages';
import { StandInSettings } from './settings';

/** A Logto with two organisations, where people sign up and sign in, which tells the portal of them. */
async function main() {
  const settings: StandInSettings = JSON.parse(process.env.LOGTO_STAND_IN!);
  const logto = await FakeLogto.start(settings.port);
  const people = new LogtoPeople(logto);
  const events = new LogtoEvents(settings.portal, settings.signingKey);
  const provider = await createProvider(settings, people);
  logto.app.use('/sign-in', createSignInPages(provider, people, events));
  logto.app.use('/oidc', provider.callback());
  // What an administrator does in Logto's console.
  logto.app.patch(
    '/stand-in/users/:username',
    express.json(),
    (request, response) => {
      const { isSuspended } = request.body;
      const user = people.suspend(request.params.username, isSuspended);
      events.suspended(user);
      response.json(user);
    },
  );
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
