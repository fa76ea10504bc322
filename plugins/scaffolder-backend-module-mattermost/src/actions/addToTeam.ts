import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import {
  rollbackOutput,
  TaskAccess,
} from '@formulary/plugin-provisioning-node';
import { OrganizationNames } from '../CatalogOrganizations';
import { requireActive, requireUser } from './activeUser';
import { addToTeamExamples } from './addToTeam.examples';
import { requireChannelName, requireTeamName } from './names';
import { surveyTeam } from './surveyTeam';
import { TeamMembership } from './TeamMembership';

/**
 * `mattermost:add-to-team`: makes somebody a member of a team and its channels,
 * which are made when they are missing.
 *
 * @public
 */
export function createAddToTeamAction(options: {
  client: MattermostClient;
  taskAccess: TaskAccess;
  organizations: OrganizationNames;
}) {
  const { client, taskAccess, organizations } = options;
  return createTemplateAction({
    id: 'mattermost:add-to-team',
    description:
      "Adds a user to a Mattermost team and to channels of it. Missing teams and channels are created. What is there already is left as it is. People add themselves, to their organisation's team, to teams that they are in, and to new ones named after their organisation, such as acme-research; whoever may manage others' resources adds anybody anywhere.",
    examples: addToTeamExamples,
    supportsDryRun: true,
    schema: {
      input: {
        username: z =>
          z.string().min(1).describe('Name of the user in Mattermost'),
        team: z =>
          z
            .object({
              name: z
                .string()
                .describe(
                  'Name of the team in its address: 2 to 64 lower-case letters, digits and hyphens',
                ),
              displayName: z
                .string()
                .min(1)
                .max(64)
                .optional()
                .describe('Name for people, when the team has to be created'),
              description: z
                .string()
                .max(150)
                .optional()
                .describe('What it is for, when the team has to be created'),
            })
            .describe('The team'),
        channels: z =>
          z
            .array(
              z.object({
                name: z
                  .string()
                  .describe(
                    'Name of the channel in its address: 1 to 64 lower-case letters, digits, hyphens and underscores',
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
                  .describe('Only for those who are invited. Default: false'),
                purpose: z
                  .string()
                  .max(250)
                  .optional()
                  .describe('What it is for'),
                header: z
                  .string()
                  .max(1024)
                  .optional()
                  .describe('Line at its top, Markdown allowed'),
              }),
            )
            .max(50)
            .optional()
            .describe(
              'Channels of the team to join. Default: none besides those that everybody joins',
            ),
        createMissing: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Whether to create the team and channels that are missing. Default: true',
            ),
      },
      output: {
        teamId: z => z.string().describe('Id of the team'),
        teamUrl: z => z.string().describe('Page of the team'),
        channels: z =>
          z
            .array(
              z.object({
                id: z.string().describe('Id of the channel'),
                name: z.string().describe('Name in its address'),
                url: z.string().describe('Page of the channel'),
                created: z.boolean().describe('Whether it had to be created'),
              }),
            )
            .describe('The channels, in the order of the input'),
        created: z =>
          z.boolean().describe('Whether anything had to be created or added'),
        rollback: rollbackOutput,
      },
    },
    async handler(ctx) {
      const { username, team, channels = [], createMissing = true } = ctx.input;
      const { signal } = ctx;
      requireTeamName(team.name);
      channels.forEach(({ name }) => requireChannelName(name));
      const credentials = await ctx.getInitiatorCredentials();
      await taskAccess.requireOwn(credentials, {
        service: 'mattermost',
        title: 'Mattermost',
        username,
      });
      const user = await client.users.byUsername(username, { signal });
      if (user) requireActive(user);
      const taskId = ctx.task.id;
      await surveyTeam({
        client,
        taskAccess,
        organizations,
        credentials,
        taskId,
        username,
        user,
        team: team.name,
        channels: channels.map(({ name }) => name),
        createMissing,
        signal,
      });

      const output = (
        teamId: string,
        joined: Array<{ id: string; created: boolean }>,
      ) => {
        ctx.output('teamId', teamId);
        ctx.output('teamUrl', client.teamUrl(team.name));
        ctx.output(
          'channels',
          channels.map(({ name }, index) => ({
            ...joined[index],
            name,
            url: client.channelUrl(team.name, name),
          })),
        );
      };
      if (ctx.isDryRun) {
        const names = [team.name, ...channels.map(({ name }) => name)];
        ctx.logger.info(`Would add ${username} to ${names.join(', ')}`);
        output(
          'dry-run',
          channels.map(() => ({ id: 'dry-run', created: false })),
        );
        ctx.output('created', false);
        ctx.output('rollback', []);
        return;
      }

      const membership = new TeamMembership({
        client,
        user: requireUser(user, username),
        taskId,
        logger: ctx.logger,
        checkpoint: checkpoint => ctx.checkpoint(checkpoint),
        signal,
      });
      try {
        const joined = await membership.joinTeam(team);
        const entered = [];
        for (const wanted of channels) {
          const { channel, created } = await membership.joinChannel(
            joined,
            wanted,
          );
          entered.push({ id: channel.id, created });
        }
        output(joined.id, entered);
        ctx.output('created', membership.changed);
        ctx.output('rollback', membership.rollback);
      } catch (error) {
        throw membership.failure(error);
      }
    },
  });
}
