import { z } from 'zod';
import { AppError, invalidBody } from '../app-error';
import { newId } from './ids';
import { ChannelRow, PostRow, UserRow } from './rows';
import { MattermostState } from './state';

const createSchema = z.object({
  channel_id: z.string().default(''),
  message: z.string().default(''),
  root_id: z.string().default(''),
  props: z.record(z.string(), z.unknown()).nullish(),
});

/** Longest message, in characters (`PostMessageMaxRunesV2`). */
const MESSAGE_LIMIT = 16383;

/** Messages in channels. */
export class Posts {
  constructor(
    private readonly state: MattermostState,
    private readonly now: () => number,
  ) {}

  parse(body: unknown) {
    const input = createSchema.safeParse(body);
    if (!input.success) throw invalidBody('post');
    return input.data;
  }

  create(
    input: ReturnType<Posts['parse']>,
    channel: ChannelRow,
    author: UserRow,
  ): PostRow {
    if (channel.delete_at > 0) {
      throw new AppError(
        'api.post.create_post.can_not_post_to_deleted.error',
        400,
      );
    }
    if ([...input.message].length > MESSAGE_LIMIT) {
      throw new AppError('model.post.is_valid.message_length.app_error', 400);
    }
    // Two messages of one millisecond keep their order.
    const now = Math.max(this.now(), channel.last_post_at + 1);
    const post = this.state.posts.put({
      id: newId(),
      create_at: now,
      update_at: now,
      delete_at: 0,
      user_id: author.id,
      channel_id: channel.id,
      root_id: input.root_id,
      message: input.message,
      type: '',
      props: input.props ?? {},
    });
    this.state.channels.put({
      ...channel,
      last_post_at: now,
      total_msg_count: channel.total_msg_count + 1,
    });
    return post;
  }

  /** The messages of a channel, newest first. */
  of(channelId: string): PostRow[] {
    return this.state.posts
      .filter(post => post.channel_id === channelId && post.delete_at === 0)
      .sort((a, b) => b.create_at - a.create_at);
  }
}
