import {
  MattermostChannel,
  MattermostClient,
  MattermostTeam,
} from '@formulary/plugin-mattermost-node';
import { Entitlement } from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ConnectorEntitlements,
  EntitledAccount,
  ObservedEntitlement,
} from '@formulary/plugin-provisioning-node';
import { ServiceError } from '@formulary/service-client-node';
import { z } from 'zod';

// Mattermost takes more or less of these by version; what it has is looked up by name anyway.
const NAME = '[a-z0-9][a-z0-9_-]*';

/** Membership in teams and their channels. */
export class MattermostEntitlements implements ConnectorEntitlements {
  readonly schema = z
    .strictObject({
      teams: z
        .array(
          z.string().regex(new RegExp(`^${NAME}$`), {
            error: 'wants the name of a team as in its address, such as acme',
          }),
        )
        .default([]),
      channels: z
        .array(
          z.string().regex(new RegExp(`^${NAME}/${NAME}$`), {
            error:
              'wants team/channel as in its address, such as acme/town-square',
          }),
        )
        .default([]),
    })
    .transform(({ teams, channels }): Entitlement[] => {
      // Nobody can be in a channel of a team without being in the team.
      const all = new Set([
        ...teams,
        ...channels.map(channel => channel.split('/')[0]),
      ]);
      return [
        ...[...all].map(name => ({ kind: 'team', name })),
        ...channels.map(name => ({ kind: 'channel', name })),
      ];
    });

  constructor(private readonly client: MattermostClient) {}

  async look(
    { account }: EntitledAccount,
    { kind, name }: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<ObservedEntitlement> {
    const user = userOf(account);
    const { teams, channels } = this.client;
    const team = await this.team(name, options);
    const member =
      kind === 'team'
        ? await teams.member(team, user, options)
        : await channels.member(
            await this.channel(team, name, options),
            user,
            options,
          );
    return { there: member !== undefined };
  }

  async give(
    { account }: EntitledAccount,
    { kind, name }: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<void> {
    const user = userOf(account);
    const team = await this.team(name, options);
    if (kind === 'team') {
      await this.client.teams.addMember(team, user, options);
      return;
    }
    const channel = await this.channel(team, name, options);
    await this.client.channels.addMember(channel, user, options);
  }

  async take(
    { account }: EntitledAccount,
    { kind, name }: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<void> {
    const user = userOf(account);
    const { teams, channels } = this.client;
    const team = await this.findTeam(name, options);
    if (!team) return;
    if (kind === 'team') {
      if (!(await teams.member(team, user, options))) return;
      await teams.removeMember(team, user, options);
      return;
    }
    const channel = await this.findChannel(team, name, options);
    if (!channel || !(await channels.member(channel, user, options))) return;
    await channels.removeMember(channel, user, options);
  }

  private async findTeam(path: string, options?: ConnectorCallOptions) {
    return this.client.teams.byName(path.split('/')[0], options);
  }

  private async team(
    path: string,
    options?: ConnectorCallOptions,
  ): Promise<MattermostTeam> {
    return (
      (await this.findTeam(path, options)) ??
      this.refuse('team', path.split('/')[0])
    );
  }

  /** An archived channel takes no members. */
  private async findChannel(
    team: MattermostTeam,
    path: string,
    options?: ConnectorCallOptions,
  ): Promise<MattermostChannel | undefined> {
    const [, name] = path.split('/');
    const channel = await this.client.channels.byName(team, name, options);
    return channel?.delete_at === 0 ? channel : undefined;
  }

  private async channel(
    team: MattermostTeam,
    path: string,
    options?: ConnectorCallOptions,
  ): Promise<MattermostChannel> {
    return (
      (await this.findChannel(team, path, options)) ??
      this.refuse('channel', path)
    );
  }

  private refuse(what: string, name: string): never {
    throw new ServiceError(
      `Mattermost has no ${what} ${name}, or it is archived, which provisioning.defaults gives. Make it there, or correct the rule, and try again`,
      { kind: 'not-found', service: 'Mattermost' },
    );
  }
}

function userOf({
  externalId = '',
  username = '',
}: EntitledAccount['account']) {
  return { id: externalId, username };
}
