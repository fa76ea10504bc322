import express from 'express';
import { HttpFake } from './HttpFake';

interface User {
  id: string;
  username: string;
  password?: string;
  roles: string;
}

const FAKE_SECRET = '********************************';

/** A new Mattermost 10.11: first account, configuration, bots and tokens (server/channels/api4). */
export class FakeMattermost extends HttpFake {
  readonly users: User[] = [];
  readonly tokens = new Map<string, string>();
  config: Record<string, Record<string, unknown>> = {
    ServiceSettings: { SiteURL: '', EnableBotAccountCreation: false },
    TeamSettings: { EnableUserCreation: true, EnableOpenServer: false },
    GitLabSettings: { Enable: false, Secret: '', Scope: '' },
  };
  /** Keys that an environment variable of the server sets, such as `GitLabSettings.Id`. */
  readonly fixed = new Set<string>();
  /** Answers the next call for a token with 500. */
  failNextToken = false;

  protected isChange(request: express.Request) {
    return !request.path.endsWith('/login');
  }

  protected routes(app: express.Express) {
    const api = express.Router();
    app.use('/api/v4', api);
    api.post('/users/login', (req, res) => {
      const user = this.users.find(
        ({ username, password }) =>
          username === req.body.login_id && password === req.body.password,
      );
      if (!user) {
        fail(res, 401, 'api.user.login.invalid_credentials_email_username');
        return;
      }
      this.tokens.set('session-1', user.id);
      res.set('Token', 'session-1').json({ id: user.id });
    });
    api.post('/users', (req, res) => {
      if (this.users.length > 0) {
        fail(res, 403, 'api.user.create_user.no_open_server');
        return;
      }
      const { username, password } = req.body;
      const roles = 'system_user system_admin';
      this.users.push({ id: 'user-1', username, password, roles });
      res.status(201).json({ id: 'user-1' });
    });
    api.use((req, res, next) => {
      const token = (req.headers.authorization ?? '').replace(/^Bearer /, '');
      res.locals.user = this.users.find(
        ({ id }) => id === this.tokens.get(token),
      );
      if (res.locals.user) next();
      else fail(res, 401, 'api.context.session_expired.app_error');
    });
    api.get('/users/me', (_req, res) => {
      const { id, username, roles } = res.locals.user;
      res.json({
        ...{ id, username, roles },
        email: '',
        first_name: '',
        last_name: '',
        auth_service: '',
        auth_data: '',
        delete_at: 0,
      });
    });
    this.configRoutes(api);
    this.botRoutes(api);
  }

  private configRoutes(api: express.Router) {
    const shown = () =>
      Object.fromEntries(
        Object.entries(this.config).map(([section, keys]) => [
          section,
          keys.Secret ? { ...keys, Secret: FAKE_SECRET } : keys,
        ]),
      );
    api.get('/config', (_req, res) => {
      res.json({ ...shown(), PluginSettings: null });
    });
    api.put('/config/patch', (req, res) => {
      for (const [section, keys] of Object.entries<object>(req.body)) {
        const changes = Object.entries(keys).filter(
          ([key]) => !this.fixed.has(`${section}.${key}`),
        );
        this.config[section] = {
          ...this.config[section],
          ...Object.fromEntries(changes),
        };
      }
      res.json(shown());
    });
  }

  private botRoutes(api: express.Router) {
    api.post('/bots', (req, res) => {
      if (!this.config.ServiceSettings.EnableBotAccountCreation) {
        fail(res, 403, 'api.bot.create_disabled');
        return;
      }
      const { username } = req.body;
      const id = `bot-${this.users.length}`;
      this.users.push({ id, username, roles: 'system_user' });
      res.status(201).json({ user_id: id });
    });
    api.get('/users/username/:name', (req, res) => {
      const user = this.users.find(u => u.username === req.params.name);
      if (user) res.json({ id: user.id, roles: user.roles });
      else fail(res, 404, 'app.user.missing_account.const');
    });
    api.put('/users/:id/roles', (req, res) => {
      this.users.find(({ id }) => id === req.params.id)!.roles = req.body.roles;
      res.json({ status: 'OK' });
    });
    api.post('/users/:id/tokens', (req, res) => {
      if (this.failNextToken) {
        this.failNextToken = false;
        fail(res, 500, 'app.user_access_token.save.app_error');
        return;
      }
      const token = `token-${this.tokens.size}`;
      this.tokens.set(token, req.params.id);
      res.json({ id: 'x', token });
    });
  }
}

function fail(res: express.Response, status: number, id: string) {
  res
    .status(status)
    .json({ id, message: 'said in words', status_code: status });
}
