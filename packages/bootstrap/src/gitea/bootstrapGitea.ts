import {
  isServiceError,
  ServiceHttpClient,
} from '@formulary/service-client-node';
import { z } from 'zod';
import { BootstrapError } from '../BootstrapError';
import { Known } from '../Known';
import { Report } from '../report';
import { Settings } from '../settings';
import { GiteaCli } from './GiteaCli';

/** Name of the login source; it is part of the redirect URI. */
const SOURCE = 'keycloak';

/** Name of the portal's token: of ours, so that nobody's by hand is replaced. */
const TOKEN = 'formulary-portal';

const SCOPES = [
  'write:admin',
  'write:organization',
  'write:repository',
  'write:user',
];

const tokensSchema = z.array(z.object({ name: z.string() }));
const createdSchema = z.object({ sha1: z.string().min(1) });

/** Prepares Gitea: first administrator, the portal's token, the login source. */
export async function bootstrapGitea(
  settings: Settings<'gitea'>,
  known: Known,
  report: Report,
): Promise<void> {
  const cli = settings.GITEA_CLI
    ? new GiteaCli(settings.GITEA_CLI, [
        settings.GITEA_ADMIN_PASSWORD,
        settings.GITEA_LOGIN_SECRET,
      ])
    : undefined;
  if (cli) await ensureAdministrator(cli, settings, report);
  await ensureToken(settings, known, report);
  const sourceId = await ensureLoginSource(cli, settings, report);
  known.set({
    GITEA_URL: settings.GITEA_URL,
    GITEA_HOST: new URL(settings.GITEA_URL).host,
    GITEA_USERNAME: settings.GITEA_ADMIN_USERNAME,
    GITEA_OAUTH_SOURCE_ID: sourceId,
  });
}

async function ensureAdministrator(
  cli: GiteaCli,
  settings: Settings<'gitea'>,
  report: Report,
) {
  const username = settings.GITEA_ADMIN_USERNAME;
  const subject = `administrator ${username}`;
  if ((await cli.administrators()).includes(username)) {
    report.say('Gitea', subject, 'was there already');
    return;
  }
  await cli.createAdministrator({
    username,
    password: settings.GITEA_ADMIN_PASSWORD,
    email: settings.GITEA_ADMIN_EMAIL,
  });
  report.say('Gitea', subject, 'created');
}

/** A token can be read once only, when it is made: one that is not known any more is replaced. */
async function ensureToken(
  settings: Settings<'gitea'>,
  known: Known,
  report: Report,
) {
  const { GITEA_ADMIN_USERNAME: username, GITEA_ADMIN_PASSWORD: password } =
    settings;
  const token = known.get('GITEA_TOKEN');
  if (token && (await works(settings, token))) {
    report.say('Gitea', 'token of the portal', 'was there already');
    return;
  }
  const http = client(
    settings,
    `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    [password],
  );
  const path = `/users/${encodeURIComponent(username)}/tokens`;
  try {
    const { data: tokens } = await http.request({
      method: 'GET',
      path,
      expect: tokensSchema,
      action: `list the tokens of ${username}`,
    });
    const replaced = tokens.some(({ name }) => name === TOKEN);
    if (replaced) {
      await http.request({
        method: 'DELETE',
        path: `${path}/${TOKEN}`,
        action: 'delete the token that nobody knows any more',
      });
    }
    const { data } = await http.request({
      method: 'POST',
      path,
      json: { name: TOKEN, scopes: SCOPES },
      expect: createdSchema,
      action: 'create the token of the portal',
    });
    known.set({ GITEA_TOKEN: data.sha1 });
    report.say(
      'Gitea',
      'token of the portal',
      replaced ? 'updated' : 'created',
    );
  } catch (error) {
    if (!isServiceError(error, 'unauthorized')) throw error;
    throw new BootstrapError(
      `Gitea refuses the password of ${username}. Set GITEA_ADMIN_PASSWORD to the right one, or set it in Gitea: gitea admin user change-password --username ${username}`,
    );
  }
}

async function works(settings: Settings<'gitea'>, token: string) {
  try {
    await client(settings, `token ${token}`, [token]).request({
      method: 'GET',
      path: '/admin/users',
      query: { limit: 1 },
      action: 'try the token of the portal',
    });
    return true;
  } catch (error) {
    if (isServiceError(error, 'unauthorized', 'forbidden')) return false;
    throw error;
  }
}

async function ensureLoginSource(
  cli: GiteaCli | undefined,
  settings: Settings<'gitea'>,
  report: Report,
): Promise<number> {
  const discoveryUrl = `${settings.KEYCLOAK_URL}/realms/${settings.KEYCLOAK_REALM}/.well-known/openid-configuration`;
  const subject = `login source ${SOURCE}`;
  if (!cli) {
    if (settings.GITEA_OAUTH_SOURCE_ID) {
      report.say('Gitea', subject, 'was there already');
      return settings.GITEA_OAUTH_SOURCE_ID;
    }
    throw new BootstrapError(
      [
        'Gitea has no API for login sources. Set GITEA_CLI to a command that runs its program, or run there',
        `  gitea admin auth add-oauth --name ${SOURCE} --provider openidConnect --key gitea --secret "$GITEA_LOGIN_SECRET" --auto-discover-url ${discoveryUrl} --scopes email --scopes profile`,
        '  gitea admin auth list',
        'and set GITEA_OAUTH_SOURCE_ID to the number that the second shows.',
      ].join('\n'),
    );
  }
  const wanted = {
    name: SOURCE,
    clientId: 'gitea',
    clientSecret: settings.GITEA_LOGIN_SECRET,
    discoveryUrl,
  };
  const find = async () =>
    (await cli.loginSources()).find(({ name }) => name === SOURCE);
  const present = await find();
  // What a source holds can't be looked at: it is set to the same again.
  await cli.setLoginSource(wanted, present?.id);
  const source = present ?? (await find());
  if (!source?.id) {
    throw new BootstrapError(
      `Gitea does not list the login source ${SOURCE} that was just made. Look with: gitea admin auth list`,
    );
  }
  report.say('Gitea', subject, present ? 'was there already' : 'created');
  return source.id;
}

function client(
  settings: Settings<'gitea'>,
  authorization: string,
  secrets: string[],
) {
  return new ServiceHttpClient({
    service: 'Gitea',
    baseUrl: `${settings.GITEA_URL}/api/v1`,
    headers: { Authorization: authorization },
    secrets,
    parseError: (_status, body) => {
      const parsed = z.object({ message: z.string() }).safeParse(body);
      return parsed.success ? { message: parsed.data.message } : {};
    },
  });
}
