import express from 'express';
import { html } from '../../../core/page';
import { Mattermost } from '../model';
import { isSystemAdmin } from '../model/access';
import { cookie } from '../api/context';
import { ChannelRow, TeamRow, UserRow } from '../model/rows';
import { SESSION_COOKIE } from '../model/sessions';
import { sendPage } from './frame';

/** Newest messages that a channel's page shows. */
const PAGE_SIZE = 50;

/** The teams, a team's channels, a channel's messages: for members only. */
export function addTeamPages(
  router: express.Router,
  mattermost: Mattermost,
  origin: string,
): void {
  const { state, teams, channels, posts, users } = mattermost;

  /** Who is logged in; otherwise sends to the log-in and answers nothing. */
  const reader = (request: express.Request, response: express.Response) => {
    const token = cookie(request, SESSION_COOKIE);
    const user = token ? mattermost.sessions.user(token) : undefined;
    if (!user) {
      const target = encodeURIComponent(request.originalUrl);
      response.redirect(`/login?redirect_to=${target}`);
    }
    return user;
  };
  const isIn = (user: UserRow, team: TeamRow) =>
    isSystemAdmin(user) || teams.member(team.id, user.id) !== undefined;
  const teamFor = (name: string, user: UserRow) => {
    const team = state.teams.find('name', name);
    return team && team.delete_at === 0 && isIn(user, team) ? team : undefined;
  };
  const channelFor = (team: TeamRow, name: string, user: UserRow) => {
    const channel = state.channels.find('name', `${team.id}/${name}`);
    return channel && mattermost.access.canSee(user, channel)
      ? channel
      : undefined;
  };

  router.get('/', (request, response) => {
    const user = reader(request, response);
    if (!user) return;
    const mine = teams.of(user.id);
    sendPage(
      response,
      'Your teams',
      mine.length === 0
        ? html`<p>You are in no team yet.</p>`
        : html`<ul>
            ${mine.map(
              team =>
                html`<li><a href="/${team.name}">${team.display_name}</a></li>`,
            )}
          </ul>`,
      user,
    );
  });

  router.get('/:team', (request, response) => {
    const user = reader(request, response);
    if (!user) return;
    const team = teamFor(request.params.team, user);
    if (!team) {
      sendMissing(response, user);
      return;
    }
    const visible = channels
      .of(team.id)
      .filter(channel => mattermost.access.canSee(user, channel));
    const members = teams
      .members(team.id)
      .map(member => users.get(member.user_id).username)
      .sort();
    sendPage(
      response,
      team.display_name,
      html`<h2>Channels</h2>
        <ul>
          ${visible.map(
            channel => html`<li>
              <a href="/${team.name}/channels/${channel.name}"
                >${channel.display_name}</a
              >
              ${channel.type === 'P'
                ? html`<span class="note">private</span>`
                : ''}
            </li>`,
          )}
        </ul>
        <h2>Members</h2>
        <p>${members.join(', ')}</p>`,
      user,
    );
  });

  router.get('/:team/channels/:channel', (request, response) => {
    const user = reader(request, response);
    if (!user) return;
    const team = teamFor(request.params.team, user);
    const channel = team && channelFor(team, request.params.channel, user);
    if (!channel) {
      sendMissing(response, user);
      return;
    }
    sendChannel(mattermost, response, user, team, channel);
  });

  router.post(
    '/:team/channels/:channel',
    express.urlencoded({ extended: false, limit: '64kb' }),
    (request, response) => {
      const user = reader(request, response);
      if (!user) return;
      const team = teamFor(request.params.team, user);
      const channel = team && channelFor(team, request.params.channel, user);
      if (!channel) {
        sendMissing(response, user);
        return;
      }
      const message = String(request.body.message ?? '').trim();
      const isOwnPage = (request.get('origin') ?? origin) === origin;
      if (message && isOwnPage && channels.member(channel.id, user.id)) {
        posts.create(
          posts.parse({ channel_id: channel.id, message }),
          channel,
          user,
        );
      }
      response.redirect(303, `/${team.name}/channels/${channel.name}`);
    },
  );
}

function sendChannel(
  { channels, posts, users }: Mattermost,
  response: express.Response,
  user: UserRow,
  team: TeamRow,
  channel: ChannelRow,
) {
  const newest = posts.of(channel.id).slice(0, PAGE_SIZE).reverse();
  const isMember = channels.member(channel.id, user.id) !== undefined;
  sendPage(
    response,
    channel.display_name,
    html`<p><a href="/${team.name}">${team.display_name}</a></p>
      ${channel.purpose ? html`<p class="note">${channel.purpose}</p>` : ''}
      ${newest.length === 0 ? html`<p>No messages yet.</p>` : ''}
      ${newest.map(
        post => html`<article>
          <p>
            <b>${users.get(post.user_id).username}</b>
            <time
              class="note"
              datetime="${new Date(post.create_at).toISOString()}"
              >${new Date(post.create_at)
                .toISOString()
                .slice(0, 16)
                .replace('T', ' ')}</time
            ><br />${post.message}
          </p>
        </article>`,
      )}
      ${isMember
        ? html`<form method="post">
            <label
              >Message
              <input
                name="message"
                required
                maxlength="4000"
                autocomplete="off"
              />
            </label>
            <button>Send</button>
          </form>`
        : html`<p class="note">
            You can read this channel but are not in it.
          </p>`}`,
    user,
  );
}

function sendMissing(response: express.Response, user: UserRow) {
  response.status(404);
  sendPage(
    response,
    'Not found',
    html`<p>
        This team or channel does not exist, or you are not a member of it.
      </p>
      <p><a href="/">Your teams</a></p>`,
    user,
  );
}
