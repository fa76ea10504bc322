import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CoderClient } from '@formulary/plugin-coder-node';
import { isServiceError } from '@formulary/service-client-node';
import { BootstrapError } from '../BootstrapError';
import { Known } from '../Known';
import { Report } from '../report';
import { Settings } from '../settings';
import { CoderFirstRun } from './CoderFirstRun';

/** Name of the portal's token: of ours, so that nobody's by hand is replaced. */
const TOKEN = 'formulary-portal';

/** Prepares Coder: first user, the portal's token, the formulas' templates. */
export async function bootstrapCoder(
  settings: Settings<'coder'>,
  known: Known,
  report: Report,
): Promise<void> {
  known.set({ CODER_URL: settings.CODER_URL });
  if (settings.CODER_TOKEN) known.set({ CODER_TOKEN: settings.CODER_TOKEN });
  const client = await ensureToken(settings, known, report);
  await pushTemplates(client, settings.FORMULAS_DIRECTORY, report);
}

async function ensureToken(
  settings: Settings<'coder'>,
  known: Known,
  report: Report,
): Promise<CoderClient> {
  const token = known.get('CODER_TOKEN');
  const clientOf = (value: string) =>
    new CoderClient({ baseUrl: settings.CODER_URL, token: value });
  if (token && (await works(clientOf(token)))) {
    report.say('Coder', 'token of the portal', 'was there already');
    return clientOf(token);
  }
  if (settings.CODER_TOKEN) {
    throw new BootstrapError(
      'Coder refuses CODER_TOKEN. Make a new one as an owner: coder tokens create',
    );
  }
  const first = new CoderFirstRun(settings);
  const hasUser = await first.hasFirstUser();
  if (!hasUser) await first.createFirstUser();
  report.say('Coder', 'first user', hasUser ? 'was there already' : 'created');
  const made = await first.replaceToken(await first.logIn(), TOKEN);
  known.set({ CODER_TOKEN: made.token });
  report.say(
    'Coder',
    'token of the portal',
    made.replaced ? 'updated' : 'created',
  );
  return clientOf(made.token);
}

async function works(client: CoderClient): Promise<boolean> {
  try {
    await client.users.current();
    return true;
  } catch (error) {
    if (isServiceError(error, 'unauthorized')) return false;
    throw error;
  }
}

/** Pushes every formula's template under the name of the formula; the same content is left alone. */
async function pushTemplates(
  client: CoderClient,
  formulas: string,
  report: Report,
): Promise<void> {
  if (!existsSync(formulas)) {
    throw new BootstrapError(
      `There is no folder ${formulas} with formulas. Set FORMULAS_DIRECTORY`,
    );
  }
  for (const name of readdirSync(formulas).sort()) {
    const directory = join(formulas, name, 'coder-template');
    if (!existsSync(directory)) continue;
    const { outcome } = await client.templates.push({
      name,
      directory,
      message: `Formula ${name}`,
    });
    report.say(
      'Coder',
      `template ${name}`,
      outcome === 'unchanged' ? 'was there already' : outcome,
    );
  }
}
