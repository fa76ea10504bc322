import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

/** A user of {@link FakeKeycloak}. */
export interface FakeUser {
  id: string;
  username: string;
  email?: string;
  firstName?: string;
  lastName?: string;
  enabled?: boolean;
  serviceAccountClientId?: string;
  /** Paths. */
  groups?: string[];
  /** Aliases. */
  organizations?: string[];
  roles?: string[];
}

/** An answer in place of the right one. */
export interface Fault {
  status?: number;
  type?: string;
  body: string;
}

/** Keycloak's Admin API as far as the organisation data needs it, over real HTTP. */
export class FakeKeycloak {
  readonly users: FakeUser[] = [];
  /** Ids of groups by path. */
  readonly groups = new Map<string, string>();
  /** Aliases of organisations; undefined where they are switched off. */
  organizations?: string[] = [];
  /** Whether the service account may list organisations. */
  maySeeOrganizations = true;
  readonly roles = ['default-roles-test', 'offline_access', 'developer'];
  /** Paths, with queries, that were asked for. */
  readonly asked: string[] = [];
  private fault?: (path: string) => Fault | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeKeycloak> {
    const app = express();
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const keycloak = new FakeKeycloak(server);
    keycloak.mount(app);
    return keycloak;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get config() {
    return {
      baseUrl: this.baseUrl,
      realm: 'test',
      clientId: 'formulary',
      clientSecret: 'secret',
      pageSize: 10,
    };
  }

  /** Answers some questions wrongly from now on; none when nothing is given. */
  failWith(fault?: (path: string) => Fault | undefined): void {
    this.fault = fault;
  }

  addGroup(path: string): void {
    this.groups.set(path, `group-${path.replaceAll('/', '_')}`);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private mount(app: express.Express): void {
    app.post(
      '/realms/test/protocol/openid-connect/token',
      (_request, response) => {
        response.json({ access_token: 'token', expires_in: 300 });
      },
    );
    const admin = express.Router();
    app.use('/admin/realms/test', admin);
    admin.use((request, response, next) => {
      this.asked.push(request.url);
      const fault = this.fault?.(request.url);
      if (!fault) {
        next();
        return;
      }
      response
        .status(fault.status ?? 200)
        .type(fault.type ?? 'json')
        .send(fault.body);
    });
    admin.get('/', (_request, response) => {
      response.json({ organizationsEnabled: this.organizations !== undefined });
    });
    this.mountUsers(admin);
    this.mountGroups(admin);
    this.mountOrganizations(admin);
    admin.get('/roles', (request, response) => {
      response.json(page(request, this.roles).map(name => ({ name })));
    });
    admin.get('/roles/:name/users', (request, response) => {
      const { name } = request.params;
      response.json(
        page(
          request,
          this.users.filter(({ roles }) => roles?.includes(name)),
        ),
      );
    });
  }

  private mountUsers(admin: express.Router): void {
    admin.get('/users/count', (_request, response) => {
      response.json(this.people().length);
    });
    admin.get('/users', (request, response) => {
      const { username } = request.query;
      response.json(
        page(
          request,
          this.people().filter(
            user => username === undefined || user.username === username,
          ),
        ),
      );
    });
    admin.get('/users/:id', (request, response) => {
      const user = this.users.find(({ id }) => id === request.params.id);
      if (user) response.json(user);
      else response.status(404).json({ error: 'User not found' });
    });
    admin.get('/users/:id/groups', (request, response) => {
      const user = this.users.find(({ id }) => id === request.params.id);
      response.json(
        page(
          request,
          (user?.groups ?? []).map(path => this.group(path)),
        ),
      );
    });
    admin.get('/users/:id/role-mappings/realm', (request, response) => {
      const user = this.users.find(({ id }) => id === request.params.id);
      response.json((user?.roles ?? []).map(name => ({ name })));
    });
  }

  private mountGroups(admin: express.Router): void {
    const paths = () => [...this.groups.keys()];
    const pathOf = (id: string) =>
      paths().find(path => this.groups.get(path) === id);
    admin.get('/groups/count', (_request, response) => {
      response.json({ count: this.groups.size });
    });
    admin.get('/groups', (request, response) => {
      response.json(
        page(request, this.below('')).map(path => this.group(path)),
      );
    });
    admin.get('/groups/:id', (request, response) => {
      const path = pathOf(request.params.id);
      if (path) response.json(this.group(path));
      else response.status(404).json({ error: 'Could not find group by id' });
    });
    admin.get('/groups/:id/children', (request, response) => {
      response.json(
        page(request, this.below(pathOf(request.params.id)!)).map(path =>
          this.group(path),
        ),
      );
    });
    admin.get('/groups/:id/members', (request, response) => {
      const path = pathOf(request.params.id)!;
      response.json(
        page(
          request,
          this.users.filter(({ groups }) => groups?.includes(path)),
        ),
      );
    });
  }

  private mountOrganizations(admin: express.Router): void {
    const describe = (alias: string) => ({
      id: `organization-${alias}`,
      alias,
      name: `${alias} Inc.`,
    });
    admin.get(
      '/organizations/members/:id/organizations',
      (request, response) => {
        const user = this.users.find(({ id }) => id === request.params.id);
        response.json(
          (this.organizations && user?.organizations
            ? user.organizations
            : []
          ).map(describe),
        );
      },
    );
    admin.use('/organizations', (_request, response, next) => {
      if (!this.maySeeOrganizations) {
        response.status(403).json({ error: 'HTTP 403 Forbidden' });
      } else if (!this.organizations) {
        response
          .status(404)
          .json({ errorMessage: 'Organizations not enabled for this realm.' });
      } else {
        next();
      }
    });
    admin.get('/organizations', (request, response) => {
      response.json(page(request, this.organizations!).map(describe));
    });
    admin.get('/organizations/:id', (request, response) => {
      const alias = request.params.id.replace('organization-', '');
      if (this.organizations!.includes(alias)) response.json(describe(alias));
      else {
        response.status(404).json({ errorMessage: 'Organization not found.' });
      }
    });
    admin.get('/organizations/:id/members', (request, response) => {
      const alias = request.params.id.replace('organization-', '');
      response.json(
        page(
          request,
          this.users.filter(user => user.organizations?.includes(alias)),
        ),
      );
    });
  }

  private people(): FakeUser[] {
    return this.users.filter(user => !user.serviceAccountClientId);
  }

  private below(parent: string): string[] {
    return [...this.groups.keys()].filter(
      path => path.slice(0, path.lastIndexOf('/')) === parent,
    );
  }

  private group(path: string) {
    return {
      id: this.groups.get(path),
      name: path.slice(path.lastIndexOf('/') + 1),
      path,
      subGroupCount: this.below(path).length,
    };
  }
}

function page<T>(request: express.Request, entries: T[]): T[] {
  const first = Number(request.query.first ?? 0);
  return entries.slice(first, first + Number(request.query.max ?? 100));
}
