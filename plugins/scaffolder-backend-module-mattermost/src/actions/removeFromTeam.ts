import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { TaskAccess } from '@formulary/plugin-provisioning-node';
import { requireChannelName, requireTeamName } from './names';
import { removeFromTeamExamples } from './removeFromTeam.examples';

/**
 * `mattermost:remove-from-team`: undoes memberships that `mattermost:add-to-team` made.
 *
 * @public
 */
export function createRemoveFromTeamAction(options: {
  client: MattermostClient;
  taskAccess: TaskAccess;
}) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'mattermost:remove-from-team',
    description:
      "Takes a user out of a Mattermost team, or only out of some of its channels. Who is not in it stays out. People remove themselves; whoever may manage others' resources removes anybody.",
    examples: removeFromTeamExamples,
    supportsDryRun: true,
    schema: {
      input: {
        username: z =>
          z.string().min(1).describe('Name of the user in Mattermost'),
        team: z => z.string().describe('Name of the team in its address'),
        channels: z =>
          z
            .array(z.string())
            .min(1)
            .max(50)
            .optional()
            .describe(
              'Names of the channels to leave; the user stays in the team. Default: the team and all its channels',
            ),
      },
      output: {
        removed: z =>
          z.boolean().describe('Whether the user was in any of them'),
      },
    },
    async handler(ctx) {
      const { username, team: name, channels } = ctx.input;
      const { signal, logger } = ctx;
      requireTeamName(name);
      channels?.forEach(requireChannelName);
      await taskAccess.requireOwn(await ctx.getInitiatorCredentials(), {
        service: 'mattermost',
        title: 'Mattermost',
        username,
      });
      if (ctx.isDryRun) {
        const places = channels?.join(', ') ?? `the team ${name}`;
        logger.info(`Would remove ${username} from ${places}`);
        ctx.output('removed', false);
        return;
      }
      const team = await client.teams.byName(name, { signal });
      const user = await client.users.byUsername(username, { signal });
      let removed = false;
      // Looking and removing repeats well: who is out already stays out.
      for (const place of channels ?? []) {
        const channel =
          team && (await client.channels.byName(team, place, { signal }));
        const member =
          user &&
          channel &&
          (await client.channels.member(channel, user, { signal }));
        if (member) {
          await client.channels.removeMember(channel, user, { signal });
          removed = true;
        }
        logger.info(
          member
            ? `Removed ${username} from the channel ${place}`
            : `${username} was not in the channel ${place}`,
        );
      }
      if (!channels) {
        const member =
          user && team && (await client.teams.member(team, user, { signal }));
        if (member) {
          await client.teams.removeMember(team, user, { signal });
          removed = true;
        }
        logger.info(
          member
            ? `Removed ${username} from the team ${name}`
            : `${username} was not in the team ${name}`,
        );
      }
      ctx.output('removed', removed);
    },
  });
}
