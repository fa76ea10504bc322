import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  MattermostChannel,
  MattermostClient,
} from '@formulary/plugin-mattermost-node';
import {
  createOnce,
  rollbackOutput,
  TaskAccess,
} from '@formulary/plugin-provisioning-node';
import { requireChannelName, requireTeamName } from './names';
import { postMessageExamples } from './postMessage.examples';

/** Where a message keeps what tells it from another of the same words. */
const KEY = 'formulary_key';

/** `PostMessageMaxRunesV2` of server/public/model/post.go, in characters. */
const MAX_LENGTH = 16383;

/**
 * `mattermost:post-message`: writes a message in a channel, once.
 *
 * @public
 */
export function createPostMessageAction(options: {
  client: MattermostClient;
  taskAccess: TaskAccess;
}) {
  const { client, taskAccess } = options;
  return createTemplateAction({
    id: 'mattermost:post-message',
    description:
      "Posts a message in a Mattermost channel as the user of the configured token. A message that was posted already is not posted again. People post where they are members; whoever may manage others' resources posts anywhere.",
    examples: postMessageExamples,
    supportsDryRun: true,
    schema: {
      input: {
        team: z => z.string().describe('Name of the team in its address'),
        channel: z => z.string().describe('Name of the channel in its address'),
        message: z =>
          z
            .string()
            .min(1)
            .describe(
              `Text of up to ${MAX_LENGTH} characters, Markdown allowed`,
            ),
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
        postId: z => z.string().describe('Id of the message'),
        postUrl: z => z.string().describe('Address of the message'),
        channelUrl: z => z.string().describe('Page of the channel'),
        created: z => z.boolean().describe('Whether it was posted by this run'),
        rollback: z =>
          rollbackOutput(z).describe(
            'Always empty: what people have read is not taken back',
          ),
      },
    },
    async handler(ctx) {
      const { signal } = ctx;
      const { team, channel: name, message } = ctx.input;
      requireTeamName(team);
      requireChannelName(name);
      const length = [...message].length;
      if (length > MAX_LENGTH) {
        throw new InputError(
          `Mattermost takes no message of ${length} characters in the channel ${name}: shorten it to ${MAX_LENGTH}`,
        );
      }
      const url = client.channelUrl(team, name);
      const channel = await findChannel(
        { client, taskAccess, signal },
        await ctx.getInitiatorCredentials(),
        { team, name },
      );
      ctx.output('channelUrl', url);
      ctx.output('rollback', []);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would post a message in ${url}`);
        ctx.output('postId', 'dry-run');
        ctx.output('postUrl', url);
        ctx.output('created', false);
        return;
      }
      if (!channel) {
        throw new InputError(
          `There is no Mattermost channel ${url}. Create it with mattermost:add-to-team, or choose another`,
        );
      }
      if (channel.delete_at > 0) {
        throw new InputError(
          `The Mattermost channel ${url} is archived. Restore it in Mattermost, or choose another`,
        );
      }
      const key =
        ctx.input.key ?? `${ctx.task.id}/${ctx.step?.id ?? 'post-message'}`;
      const post = await createOnce<{ id: string }>({
        checkpoint: checkpoint => ctx.checkpoint(checkpoint),
        key: `post.${team}.${name}.${key}`,
        // A run that was cut off after the post finds it among the newest.
        find: async () => {
          const posts = await client.channels.recentPosts(channel, { signal });
          const earlier = posts.find(({ props }) => props?.[KEY] === key);
          return earlier && { id: earlier.id };
        },
        create: async () => {
          const { id } = await client.channels.post(
            channel,
            { message, props: { [KEY]: key } },
            { signal },
          );
          return { id };
        },
      });
      ctx.logger.info(
        post.created
          ? `Posted a message in ${url}`
          : `The message was in ${url} already and was not posted again`,
      );
      ctx.output('postId', post.value.id);
      ctx.output('postUrl', client.postUrl(team, post.value.id));
      ctx.output('created', post.created);
    },
  });
}

/**
 * The channel to write in, if there is one.
 *
 * @throws NotAllowedError when the task's user is not in it, whether it exists or not
 */
async function findChannel(
  options: {
    client: MattermostClient;
    taskAccess: TaskAccess;
    signal?: AbortSignal;
  },
  credentials: BackstageCredentials,
  wanted: { team: string; name: string },
): Promise<MattermostChannel | undefined> {
  const { client, taskAccess, signal } = options;
  const team = await client.teams.byName(wanted.team, { signal });
  const channel =
    team && (await client.channels.byName(team, wanted.name, { signal }));
  if (await taskAccess.mayManage(credentials)) return channel;
  const status = await taskAccess.getPerson(credentials);
  const username = status?.accounts.find(
    ({ service }) => service === 'mattermost',
  )?.username;
  const user =
    channel &&
    username !== undefined &&
    (await client.users.byUsername(username, { signal }));
  const member =
    user && (await client.channels.member(channel, user, { signal }));
  if (!member) {
    await taskAccess.requireManage(
      credentials,
      `You are not in a Mattermost channel "${wanted.name}" of the team "${wanted.team}", and may write only where you are. Join it first, with mattermost:add-to-team for instance`,
    );
  }
  return channel;
}
