import express from 'express';
import { missingPermission } from '../app-error';
import { Mattermost } from '../model';
import { caller, paginate, pathId } from './context';
import { postView } from './views';

/** `/posts` and the posts of a channel (server/channels/api4/post.go). */
export function addPostRoutes(
  router: express.Router,
  mattermost: Mattermost,
): void {
  const { access, channels, posts } = mattermost;

  router.post('/posts', (request, response) => {
    const user = caller(mattermost, request);
    const input = posts.parse(request.body);
    access.requireChannel(user, input.channel_id, 'create_post');
    const post = posts.create(input, channels.get(input.channel_id), user);
    response.status(201).json(postView(post));
  });

  router.get('/channels/:channel_id/posts', (request, response) => {
    const user = caller(mattermost, request);
    const channel = channels.get(pathId(request, 'channel_id'));
    if (!access.canSee(user, channel)) {
      throw missingPermission(user.id, 'read_channel_content');
    }
    const since = Number(request.query.since ?? 0);
    const all = posts.of(channel.id);
    const page = since
      ? all.filter(post => post.update_at > since)
      : paginate(request, all);
    const last = all.indexOf(page[page.length - 1]);
    response.json({
      order: page.map(({ id }) => id),
      posts: Object.fromEntries(page.map(post => [post.id, postView(post)])),
      next_post_id: all[all.indexOf(page[0]) - 1]?.id ?? '',
      prev_post_id: page.length ? all[last + 1]?.id ?? '' : '',
      first_inaccessible_post_time: 0,
    });
  });
}
