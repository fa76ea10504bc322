import { InputError } from '@backstage/errors';
import { GiteaClient } from '@formulary/plugin-gitea-node';

interface Wanted {
  owner: string;
  /** Path of the repository, for people. */
  path: string;
  usernames: string[];
  teams: string[];
}

/**
 * Makes sure that the owner, the users and the teams are there and may be
 * worked with, before anything is made.
 *
 * @throws InputError that names all that are not
 */
export async function checkPeople(
  client: GiteaClient,
  { owner, path, usernames, teams }: Wanted,
  signal?: AbortSignal,
): Promise<void> {
  const organization = await client.organizations.byName(owner, { signal });
  if (!organization && !(await client.users.byName(owner, { signal }))) {
    throw new InputError(
      `Gitea has no user or organisation called "${owner}" to own the repository ${path}. Check the name, or prepare the account first with platform:pre-provision-user`,
    );
  }
  const problems: string[] = [];
  const users = organization ? usernames : [owner, ...usernames];
  const seen = new Map(users.map(name => [name.toLowerCase(), name]));
  for (const name of seen.values()) {
    const user = await client.users.byName(name, { signal });
    if (!user) {
      problems.push(
        `There is no user "${name}". Check the name, or prepare the account first with platform:pre-provision-user`,
      );
    } else if (user.prohibit_login || !user.active) {
      problems.push(
        `The user "${name}" is suspended. Have an administrator of Gitea restore the account, or leave them out`,
      );
    }
  }
  if (teams.length > 0 && !organization) {
    problems.push(
      `"${owner}" is a user, and only repositories of organisations have teams. Leave out the teams, or give their members as collaborators`,
    );
  } else if (teams.length > 0) {
    const there = await client.organizations.teams(owner, { signal });
    const names = new Set(there.map(({ name }) => name.toLowerCase()));
    const choice = there.map(({ name }) => name).join(', ') || 'none';
    for (const team of teams) {
      if (!names.has(team.toLowerCase())) {
        problems.push(
          `The organisation "${owner}" has no team "${team}". It has ${choice}`,
        );
      }
    }
  }
  if (problems.length > 0) {
    throw new InputError(
      `The Gitea repository ${path} can't be set up like this:\n${problems
        .map(problem => `- ${problem}`)
        .join('\n')}`,
    );
  }
}
