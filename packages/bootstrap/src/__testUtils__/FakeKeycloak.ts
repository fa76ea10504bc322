import { randomUUID } from 'node:crypto';
import express from 'express';
import { HttpFake } from './HttpFake';

type Row = Record<string, unknown> & { id: string };

/** The roles of realm-management that matter. */
const ROLES = ['view-users', 'query-users', 'query-groups', 'view-realm'];

/**
 * A Keycloak 26 with the events extension, as far as the bootstrap goes: what it
 * stores, what it answers, and that an optional client scope does not become a
 * default one (all compared with a real 26.4.0 and keycloak-events 0.50).
 */
export class FakeKeycloak extends HttpFake {
  password = 'admin-password';
  hasWebhooks = true;
  realm?: Record<string, unknown>;
  readonly clients: Row[] = [];
  readonly scopes: Row[] = [];
  readonly organizations: Row[] = [];
  readonly groups: Array<Row & { parent?: string }> = [];
  readonly users: Row[] = [];
  readonly webhooks: Row[] = [];
  /** Names of roles of `formulary-sync`'s service account. */
  readonly granted = new Set<string>();
  readonly memberships: Array<{ user: string; of: string }> = [];
  readonly defaultScopes = new Map<string, Set<string>>();
  readonly optionalScopes = new Map<string, Set<string>>();
  events: Record<string, unknown> = { eventsListeners: ['jboss-logging'] };
  profile: Record<string, unknown> = { attributes: [{ name: 'username' }] };
  /** Answers this call with 500, once. */
  failOnce?: string;

  protected isChange(request: express.Request) {
    return !request.path.endsWith('/token');
  }

  protected routes(app: express.Express) {
    app.post('/realms/master/protocol/openid-connect/token', (req, res) => {
      if (req.body.password !== this.password) {
        res.status(401).json({
          error: 'invalid_grant',
          error_description: 'Invalid user credentials',
        });
        return;
      }
      const payload = { exp: Math.floor(Date.now() / 1000) + 60 };
      const part = (value: unknown) =>
        Buffer.from(JSON.stringify(value)).toString('base64url');
      const token = `${part({ alg: 'none' })}.${part(payload)}.x`;
      res.json({ access_token: token, refresh_token: token, expires_in: 60 });
    });
    app.use((req, res, next) => {
      if (`${req.method} ${req.path.replace(/\/$/, '')}` !== this.failOnce) {
        next();
        return;
      }
      this.failOnce = undefined;
      res.status(500).json({ error: 'unknown_error' });
    });
    app.post('/admin/realms', (req, res) => {
      this.realm = req.body;
      this.scopes.push({ id: randomUUID(), name: 'organization' });
      this.clients.push({ id: randomUUID(), clientId: 'realm-management' });
      res.status(201).location(`/admin/realms/${req.body.realm}`).end();
    });
    app.get('/admin/realms/:realm', (_req, res) => {
      if (this.realm) res.json(this.realm);
      else res.status(404).json({ error: 'Realm not found.' });
    });
    app.put('/admin/realms/:realm', (req, res) => {
      Object.assign(this.realm!, req.body);
      res.status(204).end();
    });
    const realm = express.Router();
    app.use('/admin/realms/:realm', realm);
    this.singles(realm);
    this.clientRoutes(realm);
    this.peopleRoutes(realm);
    this.webhookRoutes(app);
  }

  private add<T extends Row>(
    rows: T[],
    req: express.Request,
    res: express.Response,
    more: object = {},
  ) {
    const row = { ...req.body, ...more, id: randomUUID() } as T;
    rows.push(row);
    res.status(201).location(`${req.originalUrl}/${row.id}`).end();
    return row;
  }

  private singles(realm: express.Router) {
    realm.get('/events/config', (_req, res) => {
      res.json(this.events);
    });
    realm.put('/events/config', (req, res) => {
      Object.assign(this.events, req.body);
      res.status(204).end();
    });
    realm.get('/users/profile', (_req, res) => {
      res.json(this.profile);
    });
    realm.put('/users/profile', (req, res) => {
      this.profile = req.body;
      res.json(this.profile);
    });
  }

  private clientRoutes(realm: express.Router) {
    const update = (rows: Row[]): express.RequestHandler => {
      return (req, res) => {
        Object.assign(rows.find(({ id }) => id === req.params.id)!, req.body);
        res.status(204).end();
      };
    };
    realm.get('/client-scopes', (_req, res) => {
      res.json(this.scopes);
    });
    realm.post('/client-scopes', (req, res) => {
      this.add(this.scopes, req, res);
    });
    realm.put('/client-scopes/:id', update(this.scopes));
    realm.get('/clients', (req, res) => {
      res.json(this.clients.filter(c => c.clientId === req.query.clientId));
    });
    realm.post('/clients', (req, res) => {
      const { id } = this.add(this.clients, req, res, { protocolMappers: [] });
      const organization = this.scopes.find(s => s.name === 'organization')!;
      this.defaultScopes.set(id, new Set());
      this.optionalScopes.set(id, new Set([organization.id]));
    });
    realm.put('/clients/:id', update(this.clients));

    const mappers = (req: express.Request) =>
      this.clients.find(({ id }) => id === req.params.id)!
        .protocolMappers as Row[];
    realm.get('/clients/:id/protocol-mappers/models', (req, res) => {
      res.json(mappers(req));
    });
    realm.post('/clients/:id/protocol-mappers/models', (req, res) => {
      this.add(mappers(req), req, res);
    });
    realm.put('/clients/:id/protocol-mappers/models/:mapper', (req, res) => {
      const mapper = mappers(req).find(({ id }) => id === req.params.mapper)!;
      Object.assign(mapper, req.body);
      res.status(204).end();
    });

    for (const kind of ['default', 'optional'] as const) {
      const path = `/clients/:id/${kind}-client-scopes`;
      const linked = (req: express.Request) =>
        (kind === 'default' ? this.defaultScopes : this.optionalScopes).get(
          req.params.id,
        )!;
      realm.get(path, (req, res) => {
        res.json(this.scopes.filter(({ id }) => linked(req).has(id)));
      });
      realm.put<{ id: string; scope: string }>(`${path}/:scope`, (req, res) => {
        const { id, scope } = req.params;
        if (!this.optionalScopes.get(id)!.has(scope)) linked(req).add(scope);
        res.status(204).end();
      });
      realm.delete(`${path}/:scope`, (req, res) => {
        linked(req).delete(req.params.scope);
        res.status(204).end();
      });
    }
    realm.get('/clients/:id/service-account-user', (_req, res) => {
      res.json({ id: 'the-service-account' });
    });
    realm.get('/clients/:id/roles/:role', (req, res) => {
      const { role } = req.params;
      if (ROLES.includes(role)) res.json({ id: `id-of-${role}`, name: role });
      else res.status(404).json({ error: 'Could not find role' });
    });
    const mappings = '/users/:id/role-mappings/clients/:client';
    realm.get(mappings, (_req, res) => {
      res.json([...this.granted].map(name => ({ name })));
    });
    realm.post(mappings, (req, res) => {
      for (const { name } of req.body) this.granted.add(name);
      res.status(204).end();
    });
  }

  private peopleRoutes(realm: express.Router) {
    realm.get('/organizations/members/:user/organizations', (req, res) => {
      res.json(this.organizations.filter(o => this.has(req.params.user, o.id)));
    });
    realm.get('/organizations', (_req, res) => {
      res.json(this.organizations);
    });
    realm.post('/organizations', (req, res) => {
      this.add(this.organizations, req, res);
    });
    realm.put('/organizations/:id', (req, res) => {
      const row = this.organizations.find(({ id }) => id === req.params.id)!;
      Object.assign(row, req.body);
      res.status(204).end();
    });
    realm.post('/organizations/:id/members', (req, res) => {
      // The body is the member's id, and nothing else.
      this.memberships.push({ user: req.body, of: req.params.id });
      res.status(201).location(req.originalUrl).end();
    });
    realm.get('/groups', (req, res) => {
      res.json(
        this.groups.filter(g => !g.parent && g.name === req.query.search),
      );
    });
    realm.post('/groups', (req, res) => {
      this.add(this.groups, req, res);
    });
    realm.get('/groups/:id/children', (req, res) => {
      res.json(this.groups.filter(({ parent }) => parent === req.params.id));
    });
    realm.post('/groups/:id/children', (req, res) => {
      const row = { ...req.body, id: randomUUID(), parent: req.params.id };
      this.groups.push(row);
      res.status(201).location(`/groups/${row.id}`).json(row);
    });
    realm.get('/users', (req, res) => {
      const { username } = req.query;
      res.json(this.users.filter(u => !username || u.username === username));
    });
    realm.post('/users', (req, res) => {
      this.add(this.users, req, res);
    });
    realm.put('/users/:id', (req, res) => {
      const row = this.users.find(({ id }) => id === req.params.id)!;
      Object.assign(row, req.body);
      res.status(204).end();
    });
    realm.get('/users/:id/groups', (req, res) => {
      res.json(this.groups.filter(({ id }) => this.has(req.params.id, id)));
    });
    realm.put('/users/:id/groups/:group', (req, res) => {
      this.memberships.push({ user: req.params.id, of: req.params.group });
      res.status(204).end();
    });
  }

  private has(user: string, of: string) {
    return this.memberships.some(m => m.user === user && m.of === of);
  }

  private webhookRoutes(app: express.Express) {
    const path = '/realms/:realm/webhooks';
    app.use(path, (_req, res, next) => {
      if (this.hasWebhooks) next();
      else res.status(404).json({ error: 'HTTP 404 Not Found' });
    });
    app.get(path, (_req, res) => {
      // Neither the secret nor, in 0.50, the algorithm.
      res.json(
        this.webhooks.map(({ id, url, enabled, eventTypes }) => ({
          ...{ id, url, enabled, eventTypes },
        })),
      );
    });
    app.post(path, (req, res) => {
      this.add(this.webhooks, req, res);
    });
    app.get(`${path}/:id/secret`, (req, res) => {
      const { secret } = this.webhooks.find(({ id }) => id === req.params.id)!;
      res.json({ type: 'secret', value: secret });
    });
    app.put(`${path}/:id`, (req, res) => {
      const row = this.webhooks.find(({ id }) => id === req.params.id)!;
      Object.assign(row, req.body);
      res.status(204).end();
    });
  }
}
