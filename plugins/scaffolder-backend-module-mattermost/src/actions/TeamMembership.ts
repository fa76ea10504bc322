import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  MattermostChannel,
  MattermostClient,
  MattermostTeam,
  MattermostUser,
} from '@formulary/plugin-mattermost-node';
import { RollbackStep } from '@formulary/plugin-provisioning-common';
import { createOnce } from '@formulary/plugin-provisioning-node';
import { explainRefusal } from './explainRefusal';
import { describeTeam } from './madeBy';
import { titleOf } from './names';

/** A team to join, with what it is made from when it is missing. */
export interface WantedTeam {
  name: string;
  displayName?: string;
  description?: string;
}

/** A channel to join, with what it is made from when it is missing. */
export interface WantedChannel {
  name: string;
  displayName?: string;
  private?: boolean;
  purpose?: string;
  header?: string;
}

/** What {@link TeamMembership} works with. */
export interface TeamMembershipOptions {
  client: MattermostClient;
  user: MattermostUser;
  taskId: string;
  logger: LoggerService;
  checkpoint: ActionContext<Record<string, never>>['checkpoint'];
  signal?: AbortSignal;
}

/** Brings one user into a team and its channels, each step once. */
export class TeamMembership {
  /** How what was made is undone, newest first. */
  readonly rollback: RollbackStep[] = [];
  /** What was made or done, for people. */
  private readonly done: string[] = [];

  constructor(private readonly options: TeamMembershipOptions) {}

  /** Whether anything had to be created or added. */
  get changed(): boolean {
    return this.done.length > 0;
  }

  async joinTeam(wanted: WantedTeam): Promise<MattermostTeam> {
    const { client, user, taskId, checkpoint, signal } = this.options;
    const { name } = wanted;
    const url = client.teamUrl(name);
    const { value: team, created } = await createOnce<MattermostTeam>({
      checkpoint,
      key: `team.${name}`,
      find: () => client.teams.byName(name, { signal }),
      create: () =>
        client.teams.create(
          {
            name,
            displayName: wanted.displayName ?? titleOf(name),
            description: describeTeam(taskId, wanted.description),
          },
          { signal },
        ),
    });
    this.report(
      created && `Created the team ${url}`,
      `The team ${url} was there already and was left as it is`,
    );
    const member = await explainRefusal(() =>
      createOnce({
        checkpoint,
        key: `team.${name}.member.${user.id}`,
        find: () => client.teams.member(team, user, { signal }),
        create: () => client.teams.addMember(team, user, { signal }),
      }),
    );
    if (member.created) {
      this.rollback.unshift({
        service: 'mattermost',
        description: `Remove ${user.username} from the team ${name}`,
        action: 'mattermost:remove-from-team',
        input: { username: user.username, team: name },
      });
    }
    this.report(
      member.created && `Added ${user.username} to the team ${name}`,
      `${user.username} was in the team ${name} already`,
    );
    return team;
  }

  /** Joins a channel of a team that the user is in. */
  async joinChannel(
    team: MattermostTeam,
    wanted: WantedChannel,
  ): Promise<{ channel: MattermostChannel; created: boolean }> {
    const { client, user, checkpoint, signal } = this.options;
    const { name } = wanted;
    const url = client.channelUrl(team.name, name);
    const { value: channel, created } = await createOnce<MattermostChannel>({
      checkpoint,
      key: `channel.${team.name}.${name}`,
      find: () => client.channels.byName(team, name, { signal }),
      create: () =>
        client.channels.create(
          team,
          { ...wanted, displayName: wanted.displayName ?? titleOf(name) },
          { signal },
        ),
    });
    const isPrivate = channel.type === 'P';
    if (created) {
      this.rollback.unshift({
        service: 'mattermost',
        description: `Archive the channel ${name} of the team ${team.name}, unless others have joined it`,
        action: 'mattermost:archive-channel',
        input: { username: user.username, team: team.name, channel: name },
      });
    }
    this.report(
      created && `Created the ${isPrivate ? 'private ' : ''}channel ${url}`,
      wanted.private !== undefined && wanted.private !== isPrivate
        ? `The channel ${url} was there already and was left as it is: ${
            isPrivate ? 'private' : 'public'
          }, not as the template wants it`
        : `The channel ${url} was there already and was left as it is`,
    );
    const member = await explainRefusal(() =>
      createOnce({
        checkpoint,
        key: `channel.${team.name}.${name}.member.${user.id}`,
        find: () => client.channels.member(channel, user, { signal }),
        create: () => client.channels.addMember(channel, user, { signal }),
      }),
    );
    if (member.created && !created) {
      this.rollback.unshift({
        service: 'mattermost',
        description: `Remove ${user.username} from the channel ${name} of the team ${team.name}`,
        action: 'mattermost:remove-from-team',
        input: { username: user.username, team: team.name, channels: [name] },
      });
    }
    this.report(
      member.created && `Added ${user.username} to the channel ${name}`,
      `${user.username} was in the channel ${name} already`,
    );
    return { channel, created };
  }

  /** A failure together with what was made before it, which stays. */
  failure(error: unknown): unknown {
    if (!this.changed) return error;
    return new ForwardedError(
      `mattermost:add-to-team could not be finished. ${this.done.join(
        '. ',
      )}. This stays, and the next try goes on from it`,
      error,
    );
  }

  private report(done: string | false, wasThere: string) {
    if (done) this.done.push(done);
    this.options.logger.info(done || wasThere);
  }
}
