import { SandboxCredentials } from '../../core/credentials';
import { organisations } from '../../core/people';
import { Gitea } from './model';

/** What is there on the first start: the administrator with the token, and an organisation for each tenant. */
export function seed(
  gitea: Gitea,
  { gitea: settings }: SandboxCredentials['services'],
): void {
  const administrator =
    gitea.account(settings.username) ??
    gitea.addAccount({
      kind: 'user',
      login: settings.username,
      email: `${settings.username}@formulary.example`,
      fullName: 'Formulary',
      isAdmin: true,
    });
  if (!gitea.logins.byToken(settings.token)) {
    gitea.logins.addToken(
      administrator,
      'formulary',
      ['write:admin', 'write:organization', 'write:repository', 'write:user'],
      settings.token,
    );
  }
  for (const { alias, name } of organisations) {
    if (gitea.account(alias)) continue;
    const organization = gitea.addOrganization(
      { login: alias, fullName: name, visibility: 'private' },
      administrator,
    );
    gitea.addTeam(organization, {
      name: 'developers',
      permission: 'write',
      includesAllRepositories: true,
    });
  }
}
