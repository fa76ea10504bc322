import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { MattermostClient } from '@formulary/plugin-mattermost-node';

/** Account of the token. */
const BOT = 'id-of-bot';

type Body = Record<string, unknown> & { id: string };

class Failure {
  constructor(readonly status: number, readonly id: string) {}
}

const failure = (status: number, id: string) => new Failure(status, id);

/** The few calls of Mattermost that the actions make, on a port of its own, for tests. */
export class FakeMattermost {
  readonly users: Body[] = [newUser('bot')];
  readonly teams: Body[] = [];
  readonly channels: Body[] = [];
  readonly posts: Body[] = [];
  /** Memberships, as `<team or channel>:<user>`. */
  readonly members = new Set<string>();
  /** Every call that changed something, such as `POST /teams`. */
  readonly changes: string[] = [];
  /** Makes the next call of this name do its work and then answer 503. */
  loseNext?: string;
  /** Refuses the next call of this name. */
  refuseNext?: { call: string; status: number; id: string };
  /** Answers every call with this instead. */
  broken?: { status: number; body: string; headers?: Record<string, string> };
  private server?: Server;

  /** Starts listening and answers a client for it. */
  async start(): Promise<MattermostClient> {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(error => response.destroy(error));
    });
    const { server } = this;
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new MattermostClient(
      {
        baseUrl: `http://127.0.0.1:${port}`,
        token: 'token-of-the-bot',
        sso: { mode: 'openid', idAttribute: 'mattermostId' },
      },
      { retries: 0 },
    );
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => {
      this.server?.close(resolve);
    });
  }

  addUser(username: string, more: Record<string, unknown> = {}): Body {
    return add(this.users, newUser(username, more));
  }

  addTeam(name: string, more: Record<string, unknown> = {}): Body {
    return add(this.teams, {
      id: `team-${name}`,
      name,
      display_name: name,
      type: 'I',
      description: '',
      delete_at: 0,
      ...more,
    });
  }

  addChannel(team: Body, name: string, more: Record<string, unknown> = {}) {
    return add(this.channels, {
      id: `channel-${name}`,
      team_id: team.id,
      name,
      display_name: name,
      type: 'O',
      purpose: '',
      creator_id: '',
      total_msg_count: 0,
      delete_at: 0,
      ...more,
    });
  }

  /** Puts somebody into a team or a channel. */
  join(place: Body, user: Body): void {
    this.members.add(`${place.id}:${user.id}`);
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    let text = '';
    for await (const chunk of request) text += chunk;
    const [path] = (request.url ?? '').replace('/api/v4', '').split('?');
    const call = `${request.method} ${path}`;
    if (this.broken) {
      const { status, body, headers } = this.broken;
      response.writeHead(status, headers).end(body);
      return;
    }
    if (request.method !== 'GET') this.changes.push(call);
    const result = this.handle(call, text === '' ? {} : JSON.parse(text));
    const isLost = this.loseNext === call;
    if (isLost) this.loseNext = undefined;
    if (isLost) {
      response.writeHead(503).end();
    } else if (result instanceof Failure) {
      response.writeHead(result.status);
      response.end(JSON.stringify({ id: result.id, message: 'Refused.' }));
    } else {
      response.writeHead(200).end(JSON.stringify(result));
    }
  }

  private handle(call: string, body: Record<string, unknown>): object {
    const refusal = this.refuseNext;
    if (refusal?.call === call) {
      this.refuseNext = undefined;
      return failure(refusal.status, refusal.id);
    }
    const [, ...parts] = call.split('/');
    const route = call.replace(/\/(id-of|team|channel)-[\w-]+/g, '/*');
    const [kind, owner] = parts;
    switch (true) {
      case call.startsWith('GET /users/username/'):
      case call.startsWith('GET /users/email/'):
        return (
          this.users.find(
            user => user[owner] === decodeURIComponent(parts[2]),
          ) ?? failure(404, 'app.user.missing_account.const')
        );
      case call === 'POST /users':
        return this.addUser(String(body.username), body);
      case call.startsWith('GET /teams/name/'):
        return (
          this.teams.find(({ name }) => name === parts[2]) ??
          failure(404, 'app.team.get_by_name.missing.app_error')
        );
      case call === 'POST /teams':
        return this.addTeam(String(body.name), body);
      case call.includes('/channels/name/'):
        return (
          this.channels.find(
            ({ name, team_id: team }) => team === owner && name === parts[4],
          ) ?? failure(404, 'app.channel.get_by_name.missing.app_error')
        );
      case call === 'POST /channels':
        return this.addChannel(
          { id: String(body.team_id) },
          String(body.name),
          { ...body, creator_id: BOT },
        );
      case route === `GET /${kind}/*/members/*`:
        return this.members.has(`${owner}:${parts[3]}`)
          ? member(kind, owner, parts[3])
          : failure(
              404,
              `app.${kind.slice(0, -1)}.get_member.missing.app_error`,
            );
      case route === `POST /${kind}/*/members`:
        this.members.add(`${owner}:${body.user_id}`);
        return member(kind, owner, String(body.user_id));
      case route === `DELETE /${kind}/*/members/*`:
        this.members.delete(`${owner}:${parts[3]}`);
        return { status: 'OK' };
      case route === 'GET /channels/*/members':
        return [...this.members]
          .filter(key => key.startsWith(`${owner}:`))
          .map(key => member(kind, owner, key.split(':')[1]));
      case route === 'DELETE /channels/*':
        return Object.assign(
          this.channels.find(({ id }) => id === owner) ?? {},
          { delete_at: 1 },
        );
      case call === 'GET /users/me':
        return this.users.find(({ id }) => id === BOT)!;
      case call === 'POST /posts':
        return add(this.posts, {
          id: `post-${this.posts.length}`,
          user_id: 'bot',
          channel_id: '',
          message: '',
          create_at: this.posts.length,
          delete_at: 0,
          ...body,
        });
      case route === 'GET /channels/*/posts':
        return {
          order: this.posts.map(({ id }) => id),
          posts: Object.fromEntries(this.posts.map(post => [post.id, post])),
        };
      default:
        return failure(404, 'api.context.404.app_error');
    }
  }
}

function newUser(username: string, more: Record<string, unknown> = {}): Body {
  return {
    id: `id-of-${username}`,
    username,
    email: `${username}@acme.example`,
    first_name: '',
    last_name: '',
    roles: 'system_user',
    auth_service: 'openid',
    auth_data: `sub-of-${username}`,
    delete_at: 0,
    ...more,
  };
}

function add(rows: Body[], row: Body): Body {
  rows.push(row);
  return row;
}

function member(kind: string, owner: string, user: string) {
  return {
    [`${kind.slice(0, -1)}_id`]: owner,
    user_id: user,
    roles: '',
    delete_at: 0,
  };
}
