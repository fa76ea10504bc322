import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { isServiceError } from '@formulary/service-client-node';
import { BootstrapError } from '../BootstrapError';
import { differs } from '../differs';
import { Known } from '../Known';
import { Report } from '../report';
import { Settings } from '../settings';
import { MattermostFirstRun } from './MattermostFirstRun';
import { visible, wantedConfig } from './wantedConfig';

/** Name of the portal's bot. */
const BOT = 'formulary-bot';

/** Prepares Mattermost: first administrator, log-in, the portal's bot and token. */
export async function bootstrapMattermost(
  settings: Settings<'mattermost'>,
  known: Known,
  report: Report,
): Promise<void> {
  const first = new MattermostFirstRun(settings);
  known.set({
    MATTERMOST_URL: settings.MATTERMOST_URL,
    MATTERMOST_SSO_MODE: settings.MATTERMOST_SSO_MODE,
  });
  if (settings.MATTERMOST_TOKEN) {
    if (!(await works(settings, settings.MATTERMOST_TOKEN))) {
      throw new BootstrapError(
        'Mattermost refuses MATTERMOST_TOKEN, or its user is no system admin. Make a token of one',
      );
    }
    // A server with a token is somebody's already: its configuration is theirs.
    known.set({ MATTERMOST_TOKEN: settings.MATTERMOST_TOKEN });
    report.say('Mattermost', 'token of the portal', 'was there already');
    return;
  }
  const session = await logIn(first, settings, report);
  // Bots are switched off until the configuration says otherwise.
  await ensureConfig(first, settings, session, report);
  const botId = await ensureBot(first, session, report);
  const token = known.get('MATTERMOST_TOKEN');
  if (token && (await works(settings, token))) {
    report.say('Mattermost', 'token of the portal', 'was there already');
    return;
  }
  known.set({ MATTERMOST_TOKEN: await first.createToken(session, botId) });
  report.say('Mattermost', 'token of the portal', 'created');
}

async function logIn(
  first: MattermostFirstRun,
  settings: Settings<'mattermost'>,
  report: Report,
): Promise<string> {
  const subject = `administrator ${settings.MATTERMOST_ADMIN_USERNAME}`;
  const present = await first.logIn();
  if (present) {
    report.say('Mattermost', subject, 'was there already');
    return present;
  }
  await first.createFirstUser();
  const session = await first.logIn();
  if (!session) {
    throw new BootstrapError(
      'Mattermost made the administrator but does not let them log in. Check that EmailSettings.EnableSignInWithUsername is on',
    );
  }
  report.say('Mattermost', subject, 'created');
  return session;
}

async function ensureConfig(
  first: MattermostFirstRun,
  settings: Settings<'mattermost'>,
  token: string,
  report: Report,
) {
  const wanted = wantedConfig(settings);
  const isSame = !differs(await first.config(token), visible(wanted));
  // The secret can't be looked at, so that it is always sent: the same again changes nothing.
  await first.patchConfig(token, wanted);
  if (differs(await first.config(token), visible(wanted))) {
    throw new BootstrapError(
      `Mattermost did not take its new configuration over. A part of it is probably set by an environment variable (MM_…) of the server: take that away`,
    );
  }
  report.say(
    'Mattermost',
    `configuration with log-in "${settings.MATTERMOST_SSO_MODE}"`,
    isSame ? 'was there already' : 'updated',
  );
}

async function ensureBot(
  first: MattermostFirstRun,
  token: string,
  report: Report,
): Promise<string> {
  const present = await first.findUser(token, BOT);
  if (present?.roles.split(' ').includes('system_admin')) {
    report.say('Mattermost', `bot ${BOT}`, 'was there already');
    return present.id;
  }
  const id = present?.id ?? (await first.createBot(token, BOT));
  await first.makeSystemAdmin(token, id);
  report.say('Mattermost', `bot ${BOT}`, present ? 'updated' : 'created');
  return id;
}

async function works(
  settings: Settings<'mattermost'>,
  token: string,
): Promise<boolean> {
  const client = new MattermostClient({
    baseUrl: settings.MATTERMOST_URL,
    token,
    sso: { mode: settings.MATTERMOST_SSO_MODE, idAttribute: 'mattermostId' },
  });
  try {
    const { roles } = await client.users.me();
    return roles.split(' ').includes('system_admin');
  } catch (error) {
    if (isServiceError(error, 'unauthorized')) return false;
    throw error;
  }
}
