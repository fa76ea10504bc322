import { FakeLogto } from '@formulary/logto-test-utils';
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
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
