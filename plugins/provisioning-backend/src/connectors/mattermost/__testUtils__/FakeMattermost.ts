import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

/** An account of the fake. */
export interface FakeUser {
  id: string;
  username: string;
  email: string;
  first_name: string;
  last_name: string;
  roles: string;
  auth_service: string;
  auth_data: string;
  delete_at: number;
  is_bot?: boolean;
  password?: string;
}

/** The few calls of Mattermost that the connector makes, on a port of its own, for tests. */
export class FakeMattermost {
  /** Names of the teams that somebody is in, by the id of the account. */
  readonly teams = new Map<string, string[]>();
  readonly users: FakeUser[] = [];
  /** Accounts a page at most, whatever is asked for. */
  pageSize = 200;
  /** Every call that changed something, such as `POST /users`. */
  readonly changes: string[] = [];
  /** What `GET /config/client` answers. */
  clientConfig: Record<string, string> = {
    Version: '11.6.0',
    EnableSignUpWithOpenId: 'true',
    EnableSignUpWithGitLab: 'true',
  };
  allowsDeletion = false;
  roles = 'system_user system_admin';
  /** Makes the next `POST /users` do its work and then answer 503. */
  loseNextCreate = false;
  private server?: Server;

  /** Starts listening and answers the address. */
  async start(): Promise<string> {
    const app = express();
    app.use(express.json());
    app.use((request, _response, next) => {
      if (request.method !== 'GET') {
        this.changes.push(
          `${request.method} ${request.url.replace('/api/v4', '')}`,
        );
      }
      next();
    });
    app.use('/api/v4', this.routes());
    const server = app.listen(0, '127.0.0.1');
    this.server = server;
    await new Promise(resolve => {
      server.once('listening', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => {
      this.server?.close(resolve);
    });
  }

  /** Adds an account as if somebody had made it before. */
  add(user: Partial<FakeUser>): FakeUser {
    const added = {
      id: `id${this.users.length}`,
      username: 'somebody',
      email: 'somebody@acme.example',
      first_name: '',
      last_name: '',
      roles: 'system_user',
      auth_service: '',
      auth_data: '',
      delete_at: 0,
      ...user,
    };
    this.users.push(added);
    return added;
  }

  private routes() {
    const router = express.Router();
    const ok = (response: express.Response) => response.json({ status: 'OK' });
    const find = (
      response: express.Response,
      matches: (user: FakeUser) => boolean,
    ) => {
      const user = this.users.find(matches);
      if (!user) fail(response, 404, 'app.user.missing_account.const');
      return user;
    };
    router.get('/config/client', (_request, response) => {
      response.json(this.clientConfig);
    });
    router.get('/users/me', (_request, response) => {
      response.json({
        id: 'bot',
        username: 'formulary-bot',
        email: 'formulary-bot@localhost',
        first_name: '',
        last_name: '',
        auth_service: '',
        delete_at: 0,
        roles: this.roles,
      });
    });
    router.get('/users/email/:email', (request, response) => {
      const user = find(
        response,
        ({ email }) => email === request.params.email,
      );
      if (user) response.json(user);
    });
    router.get('/users/username/:name', (request, response) => {
      const user = find(
        response,
        ({ username }) => username === request.params.name,
      );
      if (user) response.json(user);
    });
    router.get('/users/:id/teams', (request, response) => {
      const names = this.teams.get(request.params.id) ?? [];
      response.json(
        names.map(name => ({
          id: name,
          name,
          display_name: name,
          type: 'I',
          delete_at: 0,
        })),
      );
    });
    router.get('/users/:id', (request, response) => {
      const user = find(response, ({ id }) => id === request.params.id);
      if (user) response.json(user);
    });
    router.get('/users', (request, response) => {
      const size = Math.min(Number(request.query.per_page), this.pageSize);
      const from = Number(request.query.page) * size;
      response.json(this.users.slice(from, from + size));
    });
    router.post('/users', (request, response) =>
      this.create(request, response),
    );
    router.post('/users/password/reset/send', (_request, response) => {
      ok(response);
    });
    router.put('/users/:id/patch', (request, response) => {
      const user = find(response, ({ id }) => id === request.params.id);
      if (user) response.json(Object.assign(user, request.body));
    });
    router.put('/users/:id/auth', (request, response) => {
      const user = find(response, ({ id }) => id === request.params.id);
      if (user) response.json(Object.assign(user, request.body));
    });
    router.put('/users/:id/active', (request, response) => {
      const user = find(response, ({ id }) => id === request.params.id);
      if (!user) return;
      user.delete_at = request.body.active ? 0 : 1;
      ok(response);
    });
    router.post('/users/:id/sessions/revoke/all', (_request, response) => {
      ok(response);
    });
    router.delete('/users/:id', (request, response) => {
      const user = find(response, ({ id }) => id === request.params.id);
      if (!user) return;
      if (request.query.permanent !== 'true') {
        user.delete_at = 1;
        ok(response);
      } else if (this.allowsDeletion) {
        this.users.splice(this.users.indexOf(user), 1);
        ok(response);
      } else {
        fail(
          response,
          401,
          'api.user.delete_user.not_enabled.for_admin.app_error',
        );
      }
    });
    return router;
  }

  private create({ body }: express.Request, response: express.Response) {
    const has = (field: 'username' | 'email' | 'auth_data') =>
      body[field] && this.users.some(user => user[field] === body[field]);
    if (has('username')) {
      fail(response, 400, 'app.user.save.username_exists.app_error');
    } else if (has('auth_data')) {
      fail(response, 500, 'app.user.save.app_error');
    } else if (has('email')) {
      fail(response, 400, 'app.user.save.email_exists.app_error');
    } else {
      const user = this.add(body);
      if (this.loseNextCreate) {
        this.loseNextCreate = false;
        response.status(503).send('gateway lost its backend');
      } else {
        response.status(201).json(user);
      }
    }
  }
}

function fail(response: express.Response, status: number, id: string) {
  response
    .status(status)
    .json({ id, message: 'Refused.', status_code: status });
}
