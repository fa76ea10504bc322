import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { GiteaClient } from '@formulary/plugin-gitea-node';
import express from 'express';

/** A user of the fake. */
export interface FakeUser {
  id: number;
  login: string;
  full_name: string;
  email: string;
  is_admin: boolean;
  prohibit_login: boolean;
  active: boolean;
  login_name: string;
  source_id: number;
  last_login?: string;
}

/** The few calls of Gitea that the connector makes, on a port of its own, for tests. */
export class FakeGitea {
  readonly users: FakeUser[] = [];
  /** Organisations by the login of a member. */
  readonly memberships = new Map<string, string[]>();
  /** Logins of users who own repositories. */
  readonly owners = new Set<string>();
  /** Users a page at most, whatever is asked for. */
  pageSize = 50;
  /** Every call that changed something, with its body. */
  readonly changes: Array<{ call: string; body?: unknown }> = [];
  /** Makes the next creation do its work and then answer 502. */
  loseNextCreate = false;
  version = '1.25.2';
  isAdmin = true;
  acceptsToken = true;
  private server!: Server;

  /** Starts listening and answers a client of it. */
  async start(): Promise<GiteaClient> {
    const app = express();
    app.use(express.json());
    app.use((request, response, next) => {
      const path = request.path.replace('/api/v1', '');
      if (request.method !== 'GET') {
        this.changes.push({
          call: `${request.method} ${path}`,
          body: request.body,
        });
      }
      if (this.acceptsToken || path === '/version') next();
      else response.status(401).json({ message: 'token is required' });
    });
    app.use('/api/v1', this.routes());
    this.server = app.listen(0, '127.0.0.1');
    await new Promise(resolve => {
      this.server.once('listening', resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    return new GiteaClient(
      {
        baseUrl: `http://127.0.0.1:${port}`,
        token: 'a-token',
        username: 'bot',
        oauthSourceId: 1,
      },
      { retries: 0 },
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  /** Adds a user as if somebody had made it before. */
  add(user: Partial<FakeUser> & { login: string }): FakeUser {
    const added = {
      id: this.users.length + 1,
      full_name: '',
      email: `${user.login}@elsewhere.example`,
      is_admin: false,
      prohibit_login: false,
      active: true,
      login_name: '',
      source_id: 0,
      ...user,
    };
    this.users.push(added);
    return added;
  }

  private routes(): express.Router {
    const router = express.Router();
    const byLogin = (login: string) =>
      this.users.find(user => user.login.toLowerCase() === login.toLowerCase());

    router.get('/version', (_request, response) => {
      response.json({ version: this.version });
    });
    router.get('/user', (_request, response) => {
      response.json(
        new FakeGitea().add({ login: 'bot', is_admin: this.isAdmin }),
      );
    });
    router.get('/users/search', (request, response) => {
      const text = String(request.query.q);
      response.json({
        data: this.users.filter(({ email }) => email.includes(text)),
      });
    });
    router.get('/users/:login', (request, response) => {
      const user = byLogin(request.params.login);
      response.status(user ? 200 : 404).json(user ?? { message: 'not found' });
    });
    router.get('/users/:login/repos', (request, response) => {
      const { login } = request.params;
      response.json(
        this.owners.has(login)
          ? [
              {
                id: 1,
                name: 'shop',
                full_name: `${login}/shop`,
                owner: { login },
                private: true,
                empty: false,
                html_url: '',
                clone_url: '',
                default_branch: 'main',
              },
            ]
          : [],
      );
    });
    router.get('/users/:login/orgs', (request, response) => {
      const names = this.memberships.get(request.params.login) ?? [];
      response.json(names.map(name => ({ name })));
    });
    router.delete('/orgs/:organization/members/:login', (request, response) => {
      const { organization, login } = request.params;
      const names = this.memberships.get(login) ?? [];
      this.memberships.set(
        login,
        names.filter(name => name !== organization),
      );
      response.status(204).end();
    });
    router.get('/admin/users', (request, response) => {
      const { source_id: source, login_name: name, page } = request.query;
      const from = (Number(page ?? 1) - 1) * this.pageSize;
      response.json(
        this.users
          .filter(
            user =>
              name === undefined ||
              (user.source_id === Number(source) && user.login_name === name),
          )
          .slice(from, from + this.pageSize),
      );
    });
    router.post('/admin/users', (request, response) => {
      const { username, email } = request.body;
      const isTaken =
        byLogin(username) ?? this.users.find(user => user.email === email);
      if (isTaken) {
        response.status(422).json({ message: 'taken', url: '' });
        return;
      }
      const user = this.add({ ...request.body, login: username });
      if (this.loseNextCreate) response.status(502).end();
      else response.status(201).json(user);
      this.loseNextCreate = false;
    });
    router.patch('/admin/users/:login', (request, response) => {
      const user = byLogin(request.params.login)!;
      const { email } = request.body;
      if (this.users.some(one => one !== user && one.email === email)) {
        response.status(400).json({ message: 'e-mail already in use' });
        return;
      }
      // Like Gitea, it blanks a login name that is left out, and takes 0 for no source.
      const { source_id: source, ...changes } = request.body;
      Object.assign(
        user,
        { login_name: '' },
        changes,
        source ? { source_id: source } : {},
      );
      response.json(user);
    });
    router.delete('/admin/users/:login', (request, response) => {
      const { login } = request.params;
      const stays =
        this.owners.has(login) || this.memberships.get(login)?.length;
      if (stays) {
        response.status(422).json({ message: 'user still has ownership' });
        return;
      }
      this.users.splice(this.users.indexOf(byLogin(login)!), 1);
      response.status(204).end();
    });
    return router;
  }
}
