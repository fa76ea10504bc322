import { randomUUID } from 'node:crypto';
import express from 'express';
import { HttpFake } from './HttpFake';

/** A new Coder: its first user, log-in and tokens (`coderd/users.go`, `coderd/apikey.go`), and no templates. */
export class FakeCoder extends HttpFake {
  user?: { email: string; password: string };
  readonly tokens: Array<{ id: string; token_name: string; key: string }> = [];
  readonly lifetimes: number[] = [];
  maxTokenLifetime = 7 * 24 * 3600 * 1e9;
  /** Makes the next token and then breaks the connection. */
  loseNextToken = false;

  protected isChange(request: express.Request) {
    return request.path !== '/api/v2/users/login';
  }

  protected routes(app: express.Express) {
    const api = express.Router();
    app.use('/api/v2', api);
    api.get('/users/first', (_req, res) => {
      if (this.user)
        res.json({ message: 'The initial user has been created!' });
      else {
        res
          .status(404)
          .json({ message: 'The initial user has not been created!' });
      }
    });
    api.post('/users/first', (req, res) => {
      this.user = req.body;
      res
        .status(201)
        .json({ user_id: randomUUID(), organization_id: randomUUID() });
    });
    api.post('/users/login', (req, res) => {
      const { email, password } = req.body;
      if (this.user?.email === email && this.user?.password === password) {
        res.status(201).json({ session_token: 'session-1' });
      } else {
        res.status(401).json({ message: 'Incorrect email or password.' });
      }
    });
    api.use((req, res, next) => {
      const token = req.headers['coder-session-token'];
      const known = ['session-1', ...this.tokens.map(({ key }) => key)];
      if (known.includes(String(token))) next();
      else res.status(401).json({ message: 'You are signed out.' });
    });
    const path = '/users/me/keys/tokens';
    api.get(`${path}/tokenconfig`, (_req, res) => {
      res.json({ max_token_lifetime: this.maxTokenLifetime });
    });
    api.get(path, (_req, res) => {
      // Go's empty list.
      res.json(
        this.tokens.length > 0
          ? this.tokens.map(({ id, token_name }) => ({ id, token_name }))
          : null,
      );
    });
    api.post(path, (req, res) => {
      const { token_name, lifetime } = req.body;
      if (this.tokens.some(token => token.token_name === token_name)) {
        res.status(409).json({
          message: `A token with name "${token_name}" already exists.`,
        });
        return;
      }
      this.lifetimes.push(lifetime);
      const key = `key-${this.lifetimes.length}`;
      this.tokens.push({ id: randomUUID(), token_name, key });
      if (this.loseNextToken) {
        this.loseNextToken = false;
        res.destroy();
        return;
      }
      res.status(201).json({ key });
    });
    api.delete('/users/me/keys/:id', (req, res) => {
      const index = this.tokens.findIndex(({ id }) => id === req.params.id);
      this.tokens.splice(index, 1);
      res.status(204).end();
    });
    api.get('/users/me', (_req, res) => {
      res.json({
        id: randomUUID(),
        username: 'formulary-bot',
        email: this.user?.email,
        name: '',
        status: 'active',
        login_type: 'password',
        roles: [{ name: 'owner', display_name: 'Owner' }],
        organization_ids: [],
      });
    });
  }
}
