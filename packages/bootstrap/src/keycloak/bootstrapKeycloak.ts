import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { Known } from '../Known';
import { Report } from '../report';
import { Settings } from '../settings';
import {
  ensureClient,
  ensureOpenidScope,
  ensureReadingRights,
} from './clients';
import { explained } from './explain';
import { ensureGroup, ensureOrganisation } from './organisations';
import { ensurePerson, giveNumbers } from './people';
import { ensureEvents, ensureProfile, ensureRealm } from './realm';
import { PORTAL_CLIENT, SYNC_CLIENT, wantedClients } from './wantedClients';
import { ensureWebhook } from './webhook';

/**
 * An administrator's client of Keycloak.
 *
 * @throws BootstrapError when Keycloak does not answer or refuses the credentials
 */
export async function signIn(
  settings: Settings<'keycloak'>,
): Promise<KeycloakAdminClient> {
  const client = new KeycloakAdminClient({ baseUrl: settings.KEYCLOAK_URL });
  await explained(settings.KEYCLOAK_URL, 'let the bootstrap in', () =>
    client.auth({
      grantType: 'password',
      clientId: 'admin-cli',
      username: settings.KEYCLOAK_ADMIN_USERNAME,
      password: settings.KEYCLOAK_ADMIN_PASSWORD,
    }),
  );
  return client;
}

/** Prepares the realm: clients, rights, organisations, groups, people, events, webhook. */
export async function bootstrapKeycloak(
  settings: Settings<'keycloak'>,
  known: Known,
  report: Report,
): Promise<void> {
  const realm = settings.KEYCLOAK_REALM;
  const url = settings.KEYCLOAK_URL;
  const admin = await signIn(settings);
  const say = (subject: string, outcome: Parameters<Report['say']>[2]) =>
    report.say('Keycloak', subject, outcome);
  const step = <T>(action: string, work: () => Promise<T>) =>
    explained(url, action, work);

  say(
    `realm ${realm}`,
    await step(`prepare the realm ${realm}`, () =>
      ensureRealm(admin, settings),
    ),
  );
  // A token has the roles of the realms that there were when it was issued.
  const fresh = await signIn(settings);
  say(
    'user profile',
    await step('prepare the user profile', () => ensureProfile(fresh, realm)),
  );
  say(
    'client scope openid',
    await step('prepare the client scope openid', () =>
      ensureOpenidScope(fresh, realm),
    ),
  );
  for (const wanted of wantedClients(settings)) {
    const { clientId } = wanted.client;
    say(
      `client ${clientId}`,
      await step(`prepare the client ${clientId}`, () =>
        ensureClient(fresh, realm, wanted),
      ),
    );
  }
  say(
    `rights of ${SYNC_CLIENT}`,
    await step(`give ${SYNC_CLIENT} its rights`, () =>
      ensureReadingRights(fresh, realm, SYNC_CLIENT),
    ),
  );
  await prepareOrganisations(fresh, settings, say);
  const numbered = await step('give people their numbers', () =>
    giveNumbers(fresh, realm),
  );
  say(
    'numbers for Mattermost',
    numbered.length > 0 ? 'updated' : 'was there already',
  );
  say(
    'events',
    await step('switch events on', () => ensureEvents(fresh, realm)),
  );
  say(
    'webhook of the portal',
    await ensureWebhook(settings, (await signIn(settings)).accessToken!),
  );
  const issuer = `${url}/realms/${realm}`;
  known.set({
    OIDC_ISSUER: issuer,
    OIDC_METADATA_URL: issuer,
    OIDC_CLIENT_ID: PORTAL_CLIENT,
    OIDC_CLIENT_SECRET: settings.OIDC_CLIENT_SECRET,
    KEYCLOAK_URL: url,
    KEYCLOAK_REALM: realm,
    KEYCLOAK_CLIENT_ID: SYNC_CLIENT,
    KEYCLOAK_CLIENT_SECRET: settings.KEYCLOAK_CLIENT_SECRET,
    KEYCLOAK_WEBHOOK_SECRET: settings.KEYCLOAK_WEBHOOK_SECRET,
  });
}

async function prepareOrganisations(
  admin: KeycloakAdminClient,
  settings: Settings<'keycloak'>,
  say: (subject: string, outcome: Parameters<Report['say']>[2]) => void,
): Promise<void> {
  const realm = settings.KEYCLOAK_REALM;
  await explained(
    settings.KEYCLOAK_URL,
    'prepare the organisations',
    async () => {
      const groupIds: string[] = [];
      for (const organisation of settings.ORGANISATIONS) {
        const { alias } = organisation;
        say(
          `organisation ${alias}`,
          await ensureOrganisation(admin, realm, organisation),
        );
        const group = await ensureGroup(admin, realm, alias);
        say(`group /${alias}`, group.outcome);
        groupIds.push(group.id);
      }
      // The platform's administrators belong to the organisation that is named first.
      const [{ alias }] = settings.ORGANISATIONS;
      const name = settings.PLATFORM_ADMIN_GROUP.replace(
        /^group:default\//,
        '',
      );
      const platform = await ensureGroup(admin, realm, name, groupIds[0]);
      say(`group /${alias}/${name}`, platform.outcome);

      const {
        FIRST_PERSON_USERNAME: username,
        FIRST_PERSON_EMAIL: email,
        FIRST_PERSON_PASSWORD: password,
      } = settings;
      if (!username || !email || !password) return;
      say(
        `person ${username}`,
        await ensurePerson(admin, realm, {
          ...{ username, email, password },
          firstName: username[0].toUpperCase() + username.slice(1),
          lastName: 'Administrator',
          organisation: alias,
          groupIds: [groupIds[0], platform.id],
        }),
      );
    },
  );
}
