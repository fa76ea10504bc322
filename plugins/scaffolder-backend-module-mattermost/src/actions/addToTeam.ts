import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { activeUser } from './activeUser';
import { addToTeamExamples } from './addToTeam.examples';
import { channelName, teamName } from './names';
import { TeamMembership } from './TeamMembership';

/**
 * `mattermost:add-to-team`: makes somebody a member of a team and its channels,
 * which are made when they are missing.
 *
 * @public
 */
export function createAddToTeamAction(client: MattermostClient) {
  return createTemplateAction({
    id: 'mattermost:add-to-team',
    description:
      'Adds a user to a Mattermost team and to channels of it. Missing teams and channels are created. What is there already is left as it is.',
    examples: addToTeamExamples,
    supportsDryRun: true,
    schema: {
      input: {
        username: z =>
          z.string().min(1).describe('Name of the user in Mattermost'),
        team: z =>
          z.object({
            name: teamName(z).describe('Name of the team in its address'),
            displayName: z
              .string()
              .min(1)
              .max(64)
              .optional()
              .describe('Name for people, when the team has to be created'),
          }),
        channels: z =>
          z
            .array(
              z.object({
                name: channelName(z).describe(
                  'Name of the channel in its address',
                ),
                displayName: z
                  .string()
                  .min(1)
                  .max(64)
                  .optional()
                  .describe(
                    'Name for people, when the channel has to be created',
                  ),
                private: z
                  .boolean()
                  .optional()
                  .describe('Only for those who are invited'),
                purpose: z.string().max(250).optional(),
              }),
            )
            .max(50)
            .optional(),
        createMissing: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Whether to create the team and channels that are missing. Default: true',
            ),
      },
      output: {
        teamId: z => z.string(),
        teamUrl: z => z.string(),
        channels: z =>
          z.array(
            z.object({ id: z.string(), name: z.string(), url: z.string() }),
          ),
        created: z =>
          z.boolean().describe('Whether anything had to be created or added'),
      },
    },
    async handler(ctx) {
      const { username, team, channels = [], createMissing = true } = ctx.input;
      const teamUrl = client.teamUrl(team.name);
      const outputOf = ({ name }: { name: string }, id: string) => ({
        id,
        name,
        url: client.channelUrl(team.name, name),
      });

      if (ctx.isDryRun) {
        const names = [team.name, ...channels.map(({ name }) => name)];
        ctx.logger.info(`Would add ${username} to ${names.join(', ')}`);
        ctx.output('teamId', 'dry-run');
        ctx.output('teamUrl', teamUrl);
        ctx.output(
          'channels',
          channels.map(channel => outputOf(channel, 'dry-run')),
        );
        ctx.output('created', false);
        return;
      }

      const user = await activeUser(client, username, ctx.signal);
      const membership = new TeamMembership({
        client,
        user,
        createMissing,
        logger: ctx.logger,
        checkpoint: options => ctx.checkpoint(options),
        signal: ctx.signal,
      });
      const joined = await membership.joinTeam(team);
      const outputs = [];
      for (const wanted of channels) {
        const channel = await membership.joinChannel(joined, wanted);
        outputs.push(outputOf(channel, channel.id));
      }
      ctx.output('teamId', joined.id);
      ctx.output('teamUrl', teamUrl);
      ctx.output('channels', outputs);
      ctx.output('created', membership.changed);
    },
  });
}
