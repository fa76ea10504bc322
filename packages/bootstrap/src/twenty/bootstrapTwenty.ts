import { TwentyClient } from '@formulary/plugin-twenty-node';
import { isServiceError } from '@formulary/service-client-node';
import { BootstrapError } from '../BootstrapError';
import { Known } from '../Known';
import { Report } from '../report';
import { Settings } from '../settings';
import { TwentyFirstRun, TwentySession } from './TwentyFirstRun';

/** Name of the portal's API key. */
const KEY = 'Formulary';

const BY_HAND =
  'Make an API key by hand (Settings, APIs & Webhooks) and set TWENTY_TOKEN to it';

/** Prepares Twenty: first user, workspace, the portal's API key. */
export async function bootstrapTwenty(
  settings: Settings<'twenty'>,
  known: Known,
  report: Report,
  now: () => number = Date.now,
): Promise<void> {
  known.set({ TWENTY_URL: settings.TWENTY_URL });
  const token = settings.TWENTY_TOKEN ?? known.get('TWENTY_TOKEN');
  if (token && (await works(settings, token))) {
    known.set({ TWENTY_TOKEN: token });
    report.say('Twenty', 'API key of the portal', 'was there already');
    return;
  }
  if (settings.TWENTY_TOKEN) {
    throw new BootstrapError(
      'Twenty refuses TWENTY_TOKEN, or its role may not read people and opportunities. Make a new key in Settings, APIs & Webhooks',
    );
  }
  const first = new TwentyFirstRun(settings);
  const session = await logIn(first, settings, report);
  const loginToken =
    session.loginToken ?? (await first.createWorkspace(session));
  report.say(
    'Twenty',
    'workspace',
    session.loginToken ? 'was there already' : 'created',
  );
  const inside = await first.enter(loginToken);
  if (!(await first.isActive(inside))) {
    await first.activate(inside);
    report.say('Twenty', 'objects of the workspace', 'created');
  }
  const roleId = await first.adminRole(inside);
  if (!roleId) {
    throw new BootstrapError(
      `Twenty's workspace has no role that may change all settings and be given to an API key. ${BY_HAND}`,
    );
  }
  const old = (await first.apiKeys(inside)).filter(({ name }) => name === KEY);
  for (const { id } of old) await first.revokeApiKey(inside, id);
  known.set({
    TWENTY_TOKEN: await first.createApiKey(inside, {
      name: KEY,
      roleId,
      expiresAt: new Date(now() + 365 * 24 * 3600 * 1000).toISOString(),
    }),
  });
  report.say(
    'Twenty',
    'API key of the portal',
    old.length > 0 ? 'updated' : 'created',
  );
}

async function logIn(
  first: TwentyFirstRun,
  settings: Settings<'twenty'>,
  report: Report,
): Promise<TwentySession> {
  const email = settings.TWENTY_ADMIN_EMAIL;
  if (await first.userExists()) {
    try {
      const session = await first.signIn();
      report.say('Twenty', `user ${email}`, 'was there already');
      return session;
    } catch (error) {
      if (!isServiceError(error, 'unauthorized', 'forbidden', 'validation')) {
        throw error;
      }
      throw new BootstrapError(
        `Twenty does not let ${email} in (${error.message}). Check TWENTY_ADMIN_PASSWORD. ${BY_HAND}`,
      );
    }
  }
  try {
    const session = await first.signUp();
    report.say('Twenty', `user ${email}`, 'created');
    return session;
  } catch (error) {
    if (!isServiceError(error, 'unauthorized', 'forbidden', 'validation')) {
      throw error;
    }
    throw new BootstrapError(
      `Twenty takes no sign-ups (${error.message}): it has a workspace already. ${BY_HAND}`,
    );
  }
}

async function works(
  settings: Settings<'twenty'>,
  token: string,
): Promise<boolean> {
  const client = new TwentyClient({
    baseUrl: settings.TWENTY_URL,
    frontUrl: settings.TWENTY_URL,
    token,
  });
  try {
    await client.check();
    return true;
  } catch (error) {
    if (isServiceError(error, 'unauthorized', 'forbidden')) return false;
    throw error;
  }
}
