import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  MattermostChannel,
  MattermostClient,
  MattermostTeam,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { TaskAccess } from '@formulary/plugin-provisioning-node';
import { OrganizationNames } from '../CatalogOrganizations';
import { isMadeBy } from './madeBy';

/** What {@link surveyTeam} looks at. */
export interface TeamSurvey {
  client: MattermostClient;
  taskAccess: TaskAccess;
  organizations: OrganizationNames;
  credentials: BackstageCredentials;
  taskId: string;
  username: string;
  /** The account of that name, if there is one yet. */
  user: MattermostUser | undefined;
  team: string;
  channels: string[];
  /** Whether missing teams and channels may be made. */
  createMissing: boolean;
  signal?: AbortSignal;
}

/**
 * Looks at everything that a task wants somebody to join before it touches any
 * of it.
 *
 * The portal's token may add anybody anywhere, so this decides who may be added
 * where. Those without the permission to manage others' resources may join the
 * team of their organisation, teams that they are in, and what the task makes:
 * teams whose name begins with their organisation's, as in `acme-research`.
 *
 * @throws NotAllowedError for a team that is none of these; it does not tell whether that exists
 * @throws InputError for what is archived, or missing and may not be made
 */
export async function surveyTeam(survey: TeamSurvey): Promise<void> {
  const { client, taskAccess, credentials, createMissing, signal } = survey;
  const { team: name, username } = survey;
  const mayManage = await taskAccess.mayManage(credentials);
  const team = await client.teams.byName(name, { signal });
  if (!mayManage && !(await mayJoin(survey, team))) {
    await taskAccess.requireManage(
      credentials,
      `${username} can not join the Mattermost team "${name}" through a template: that is for the team of one's own organisation, teams that one is in, and new ones whose name begins with the organisation and a hyphen. Choose one of these, or ask a member of the team for an invitation`,
    );
  }
  if (!team) {
    if (createMissing) return;
    throw new InputError(
      `There is no Mattermost team "${name}", and the template does not allow to create it. Choose one that exists, or set createMissing to true`,
    );
  }
  requireLive(team, `team "${name}"`);
  for (const wanted of survey.channels) {
    const channel = await client.channels.byName(team, wanted, { signal });
    const isOpen =
      !channel || mayManage || (await mayEnter(survey, team, channel));
    // One answer for what is missing and what is hidden from the person.
    if (!createMissing && (!channel || !isOpen)) {
      throw new InputError(
        `There is no Mattermost channel "${wanted}" in the team ${name} that ${username} may join, and the template does not allow to create it. Choose one that exists, or set createMissing to true`,
      );
    }
    if (!isOpen) {
      await taskAccess.requireManage(
        credentials,
        `The Mattermost channel "${wanted}" of the team ${name} can neither be joined by ${username} nor made. Choose another name`,
      );
    }
    if (channel) requireLive(channel, `channel "${wanted}"`);
  }
}

async function mayJoin(
  survey: TeamSurvey,
  team: MattermostTeam | undefined,
): Promise<boolean> {
  const { client, user, taskAccess, organizations, credentials, signal } =
    survey;
  const status = await taskAccess.getPerson(credentials);
  const organisation = status?.person?.organisation.toLowerCase();
  if (survey.team === organisation) return true;
  if (!team) {
    if (!organisation || !survey.createMissing) return false;
    const all = [organisation, ...(await organizations.names())];
    return isNameOf(organisation, survey.team, all);
  }
  if (isMadeBy(team, survey.taskId)) return true;
  return Boolean(user && (await client.teams.member(team, user, { signal })));
}

/**
 * Whether a team's name is for an organisation: it begins with the organisation's
 * and a hyphen. Nobody takes the name that another one's team would have, so of
 * acme and acme-labs the longer counts.
 */
function isNameOf(organisation: string, team: string, all: string[]): boolean {
  const [owner] = all
    .filter(name => team === name || team.startsWith(`${name}-`))
    .sort((a, b) => b.length - a.length);
  return owner === organisation;
}

async function mayEnter(
  { client, user, signal }: TeamSurvey,
  team: MattermostTeam,
  channel: MattermostChannel,
): Promise<boolean> {
  if (channel.type === 'O') return true;
  if (!user) return false;
  if (await client.channels.member(channel, user, { signal })) return true;
  return isUnused(client, team, channel, signal);
}

/**
 * Whether a private channel is what an earlier try left behind: made by the
 * portal, with nobody in it and nothing written, so that nothing can be seen.
 */
async function isUnused(
  client: MattermostClient,
  team: MattermostTeam,
  channel: MattermostChannel,
  signal?: AbortSignal,
): Promise<boolean> {
  if (channel.total_msg_count !== 0) return false;
  const me = await client.users.me({ signal });
  if (channel.creator_id !== me.id || channel.team_id !== team.id) return false;
  const members = await client.channels.members(channel, { signal });
  return members.every(member => member.user_id === me.id);
}

function requireLive(found: { delete_at: number }, what: string) {
  if (found.delete_at > 0) {
    throw new InputError(
      `The Mattermost ${what} is archived. Restore it in Mattermost, or choose another name`,
    );
  }
}
