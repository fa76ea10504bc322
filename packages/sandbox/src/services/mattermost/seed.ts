import { SandboxCredentials } from '../../core/credentials';
import { organisations } from '../../core/people';
import { Mattermost } from './model';

const BOT = 'formulary-bot';

/**
 * What a new sandbox starts with: a bot with the role of a system admin, whose
 * token is the sandbox's, and a team for each customer organisation.
 */
export function seed(
  mattermost: Mattermost,
  { services }: SandboxCredentials,
): void {
  const { state, bots, teams } = mattermost;
  const bot =
    state.users.find('username', BOT) ??
    bots.create(
      { username: BOT, display_name: 'Formulary', description: 'Provisioning' },
      'system',
      'system_user system_admin',
    );
  if (!state.tokens.find('token', services.mattermost.token)) {
    bots.createToken(
      bot,
      { description: 'Formulary' },
      services.mattermost.token,
    );
  }
  for (const { alias, name } of organisations) {
    if (alias === 'formulary' || state.teams.find('name', alias)) continue;
    teams.create({ name: alias, display_name: name, type: 'I' }, bot);
  }
}
