import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

/** A user of {@link FakeKeycloak}. */
export interface FakeKeycloakUser {
  id: string;
  username: string;
  email?: string;
  emailVerified?: boolean;
  enabled?: boolean;
  firstName?: string;
  lastName?: string;
  attributes?: Record<string, string[]>;
  groups?: string[];
  roles?: string[];
  organizations?: string[];
}

/** The few calls of Keycloak's Admin API that provisioning makes, over real HTTP. */
export class FakeKeycloak {
  readonly clientId = 'formulary';
  readonly clientSecret = 'keycloak-secret';
  readonly realm = 'test';
  readonly users = new Map<string, FakeKeycloakUser>();
  /** Answers everything with 503 while true. */
  down = false;
  /** How a realm without organisations answers: 404, or nothing as Keycloak 26.4 does. */
  withoutOrganizations: false | 'not-found' | 'empty' = false;
  tokensGiven = 0;
  private userAnswer?: { status: number; body?: string };
  private token = 'first-token';

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

  /** Configuration of provisioning for this server. */
  get config() {
    const { baseUrl, realm, clientId, clientSecret } = this;
    return { baseUrl, realm, clientId, clientSecret };
  }

  /** Forgets the tokens that it gave, as after a restart. */
  forgetTokens(): void {
    this.token = `token-${this.tokensGiven}`;
  }

  /** What is answered to every question for a user, until it is undefined again. */
  answerUsersWith(answer: { status: number; body?: string } | undefined): void {
    this.userAnswer = answer;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private mount(app: express.Express): void {
    app.use((_request, response, next) => {
      if (this.down) response.status(503).end();
      else next();
    });
    app.post(
      `/realms/${this.realm}/protocol/openid-connect/token`,
      express.urlencoded({ extended: false }),
      (request, response) => {
        const { grant_type, client_id, client_secret } = request.body;
        if (
          grant_type !== 'client_credentials' ||
          client_id !== this.clientId ||
          client_secret !== this.clientSecret
        ) {
          response.status(401).json({ error: 'unauthorized_client' });
          return;
        }
        this.tokensGiven += 1;
        response.json({ access_token: this.token, expires_in: 300 });
      },
    );
    const admin = express.Router();
    app.use(`/admin/realms/${this.realm}`, admin);
    admin.use((request, response, next) => {
      if (request.header('authorization') === `Bearer ${this.token}`) next();
      else response.status(401).json({ error: 'HTTP 401 Unauthorized' });
    });
    admin.get('/', (_request, response) => {
      response.json({
        realm: this.realm,
        organizationsEnabled: !this.withoutOrganizations,
      });
    });
    admin.get('/users', (request, response) => {
      response.json(
        [...this.users.values()].filter(
          ({ username }) =>
            username.toLowerCase() ===
            String(request.query.username).toLowerCase(),
        ),
      );
    });
    admin.get('/users/:id', (request, response) => {
      if (this.userAnswer) {
        response
          .status(this.userAnswer.status)
          .type('html')
          .send(this.userAnswer.body ?? '');
        return;
      }
      const user = this.users.get(request.params.id);
      if (user) response.json(user);
      else response.status(404).json({ error: 'User not found' });
    });
    admin.get('/users/:id/groups', (request, response) => {
      const first = Number(request.query.first);
      const max = Number(request.query.max);
      const groups = this.users.get(request.params.id)?.groups ?? [];
      response.json(
        groups.slice(first, first + max).map(path => ({
          id: path,
          name: path.split('/').at(-1),
          path,
        })),
      );
    });
    admin.get(
      '/users/:id/role-mappings/realm/composite',
      (request, response) => {
        const roles = this.users.get(request.params.id)?.roles ?? [];
        response.json(roles.map(name => ({ id: name, name })));
      },
    );
    admin.get(
      '/organizations/members/:id/organizations',
      (request, response) => {
        if (this.withoutOrganizations === 'not-found') {
          response.status(404).json({ error: 'Organizations not enabled' });
          return;
        }
        const organizations = this.withoutOrganizations
          ? []
          : this.users.get(request.params.id)?.organizations ?? [];
        response.json(
          organizations.map(alias => ({ id: alias, name: alias, alias })),
        );
      },
    );
  }
}
