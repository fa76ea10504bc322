import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { TaskAccess } from '@formulary/plugin-provisioning-node';
import { archiveChannelExamples } from './archiveChannel.examples';
import { requireChannelName, requireTeamName } from './names';

/**
 * `mattermost:archive-channel`: undoes a channel that `mattermost:add-to-team`
 * made, as long as it is nobody else's.
 *
 * @public
 */
export function createArchiveChannelAction(options: {
  client: MattermostClient;
  taskAccess: TaskAccess;
}) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'mattermost:archive-channel',
    description:
      'Archives a Mattermost channel that the portal made for a user, unless others have joined it since. What was written is kept.',
    examples: archiveChannelExamples,
    supportsDryRun: true,
    schema: {
      input: {
        username: z =>
          z
            .string()
            .min(1)
            .describe('Name of the user for whom the channel was made'),
        team: z => z.string().describe('Name of the team in its address'),
        channel: z => z.string().describe('Name of the channel in its address'),
      },
      output: {
        archived: z =>
          z.boolean().describe('Whether the channel was archived by this run'),
      },
    },
    async handler(ctx) {
      const { username, team: teamName, channel: name } = ctx.input;
      const { signal, logger } = ctx;
      requireTeamName(teamName);
      requireChannelName(name);
      const credentials = await ctx.getInitiatorCredentials();
      await taskAccess.requireOwn(credentials, {
        service: 'mattermost',
        title: 'Mattermost',
        username,
      });
      const url = client.channelUrl(teamName, name);
      if (ctx.isDryRun) {
        logger.info(`Would archive ${url}, unless others have joined it`);
        ctx.output('archived', false);
        return;
      }
      ctx.output('archived', false);
      const team = await client.teams.byName(teamName, { signal });
      const user = await client.users.byUsername(username, { signal });
      const channel =
        team && (await client.channels.byName(team, name, { signal }));
      const member =
        user &&
        channel &&
        (await client.channels.member(channel, user, { signal }));
      if (!member && !(await taskAccess.mayManage(credentials))) {
        logger.info(`${username} is not in ${url}: there is nothing to do`);
        return;
      }
      if (!channel || channel.delete_at > 0) {
        logger.info(`${url} is not there, or archived already`);
        return;
      }
      const me = await client.users.me({ signal });
      if (channel.creator_id !== me.id) {
        throw new InputError(
          `The Mattermost channel ${url} was not made by the portal. Archive it in Mattermost, if that is wanted`,
        );
      }
      const members = await client.channels.members(channel, { signal });
      const others = members.filter(
        ({ user_id: id }) => id !== me.id && id !== user?.id,
      );
      if (others.length > 0) {
        logger.warn(
          `${others.length} others have joined ${url}: it was left as it is`,
        );
        return;
      }
      await client.channels.archive(channel, { signal });
      logger.info(`Archived ${url}`);
      ctx.output('archived', true);
    },
  });
}
