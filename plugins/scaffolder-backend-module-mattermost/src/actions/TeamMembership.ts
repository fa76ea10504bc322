import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  MattermostChannel,
  MattermostClient,
  MattermostTeam,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { findOrCreate } from './findOrCreate';
import { titleOf } from './names';

/** What {@link TeamMembership} works with. */
export interface TeamMembershipOptions {
  client: MattermostClient;
  user: MattermostUser;
  /** Whether missing teams and channels may be made. */
  createMissing: boolean;
  logger: LoggerService;
  checkpoint: ActionContext<Record<string, never>>['checkpoint'];
  signal?: AbortSignal;
}

/** Brings one user into a team and its channels, each step once. */
export class TeamMembership {
  /** Whether anything had to be created or added. */
  changed = false;

  constructor(private readonly options: TeamMembershipOptions) {}

  /** @throws InputError when the team is missing and may not be made */
  async joinTeam(wanted: {
    name: string;
    displayName?: string;
  }): Promise<MattermostTeam> {
    const { client, user, checkpoint, signal } = this.options;
    const team = await checkpoint({
      key: `team.${wanted.name}`,
      fn: () =>
        findOrCreate(
          () => client.teams.byName(wanted.name, { signal }),
          () => {
            this.requireMayCreate(`team "${wanted.name}"`);
            return client.teams.create(
              {
                name: wanted.name,
                displayName: wanted.displayName ?? titleOf(wanted.name),
              },
              { signal },
            );
          },
        ),
    });
    requireLive(team.value, `team "${wanted.name}"`);
    this.report(
      team.created,
      `Created the team ${client.teamUrl(wanted.name)}`,
      `The team ${client.teamUrl(
        wanted.name,
      )} was there already and was left as it is`,
    );
    const member = await checkpoint({
      key: `team.${wanted.name}.member.${user.id}`,
      fn: () =>
        findOrCreate(
          () => client.teams.member(team.value, user, { signal }),
          () => client.teams.addMember(team.value, user, { signal }),
        ),
    });
    this.report(
      member.created,
      `Added ${user.username} to the team ${wanted.name}`,
      `${user.username} was in the team ${wanted.name} already`,
    );
    return team.value;
  }

  /** @throws InputError when the channel is archived, or missing and may not be made */
  async joinChannel(
    team: MattermostTeam,
    wanted: {
      name: string;
      displayName?: string;
      private?: boolean;
      purpose?: string;
    },
  ): Promise<MattermostChannel> {
    const { client, user, checkpoint, signal } = this.options;
    const url = client.channelUrl(team.name, wanted.name);
    const channel = await checkpoint({
      key: `channel.${team.name}.${wanted.name}`,
      fn: () =>
        findOrCreate(
          () => client.channels.byName(team, wanted.name, { signal }),
          () => {
            this.requireMayCreate(`channel "${wanted.name}"`);
            return client.channels.create(
              team,
              {
                ...wanted,
                displayName: wanted.displayName ?? titleOf(wanted.name),
              },
              { signal },
            );
          },
        ),
    });
    requireLive(channel.value, `channel "${wanted.name}"`);
    this.report(
      channel.created,
      `Created the channel ${url}`,
      `The channel ${url} was there already and was left as it is`,
    );
    const member = await checkpoint({
      key: `channel.${team.name}.${wanted.name}.member.${user.id}`,
      fn: () =>
        findOrCreate(
          () => client.channels.member(channel.value, user, { signal }),
          () => client.channels.addMember(channel.value, user, { signal }),
        ),
    });
    this.report(
      member.created,
      `Added ${user.username} to the channel ${wanted.name}`,
      `${user.username} was in the channel ${wanted.name} already`,
    );
    return channel.value;
  }

  private report(isNew: boolean, done: string, wasThere: string) {
    this.changed ||= isNew;
    this.options.logger.info(isNew ? done : wasThere);
  }

  private requireMayCreate(what: string) {
    if (!this.options.createMissing) {
      throw new InputError(
        `There is no Mattermost ${what}, and the template does not allow to create it. Choose one that exists, or set createMissing to true`,
      );
    }
  }
}

function requireLive(found: { delete_at: number }, what: string) {
  if (found.delete_at > 0) {
    throw new InputError(
      `The Mattermost ${what} is archived. Restore it in Mattermost, or choose another name`,
    );
  }
}
