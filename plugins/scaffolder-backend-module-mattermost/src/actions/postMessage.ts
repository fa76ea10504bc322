import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { findOrCreate } from './findOrCreate';
import { channelName, teamName } from './names';
import { postMessageExamples } from './postMessage.examples';

/** Where a message keeps what tells it from another of the same words. */
const KEY = 'formulary_key';

/**
 * `mattermost:post-message`: writes a message in a channel, once.
 *
 * @public
 */
export function createPostMessageAction(client: MattermostClient) {
  return createTemplateAction({
    id: 'mattermost:post-message',
    description:
      'Posts a message in a Mattermost channel as the user of the configured token. A message that was posted already is not posted again.',
    examples: postMessageExamples,
    supportsDryRun: true,
    schema: {
      input: {
        team: z => teamName(z).describe('Name of the team in its address'),
        channel: z =>
          channelName(z).describe('Name of the channel in its address'),
        message: z =>
          z.string().min(1).max(16383).describe('Text, Markdown allowed'),
        key: z =>
          z
            .string()
            .min(1)
            .max(200)
            .optional()
            .describe(
              'Posts with one key are one post. Default: this step of this run',
            ),
      },
      output: {
        postId: z => z.string(),
        channelUrl: z => z.string(),
        created: z => z.boolean(),
      },
    },
    async handler(ctx) {
      const { signal } = ctx;
      const { message } = ctx.input;
      const url = client.channelUrl(ctx.input.team, ctx.input.channel);
      ctx.output('channelUrl', url);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would post a message in ${url}`);
        ctx.output('postId', 'dry-run');
        ctx.output('created', false);
        return;
      }
      const team = await client.teams.byName(ctx.input.team, { signal });
      const channel =
        team &&
        (await client.channels.byName(team, ctx.input.channel, { signal }));
      if (!channel || channel.delete_at > 0) {
        throw new InputError(
          `There is no Mattermost channel ${url}, or it is archived. Create it with mattermost:add-to-team, or choose another`,
        );
      }
      const key =
        ctx.input.key ?? `${ctx.task.id}/${ctx.step?.id ?? 'post-message'}`;
      const post = await ctx.checkpoint({
        key: `post.${key}`,
        fn: () =>
          findOrCreate(
            // A run that was cut off after the post finds it among the newest.
            async () => {
              const posts = await client.channels.recentPosts(channel, {
                signal,
              });
              const earlier = posts.find(({ props }) => props?.[KEY] === key);
              return earlier && { id: earlier.id };
            },
            async () => {
              const { id } = await client.channels.post(
                channel,
                { message, props: { [KEY]: key } },
                { signal },
              );
              return { id };
            },
          ),
      });
      ctx.logger.info(
        post.created
          ? `Posted a message in ${url}`
          : `The message was in ${url} already and was not posted again`,
      );
      ctx.output('postId', post.value.id);
      ctx.output('created', post.created);
    },
  });
}
