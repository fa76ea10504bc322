import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

/** A user of {@link FakeLogto}, as its Management API shows them. */
export interface FakeLogtoUser {
  id: string;
  username?: string | null;
  primaryEmail?: string | null;
  name?: string | null;
  isSuspended?: boolean;
  profile?: { givenName?: string; familyName?: string };
  customData?: Record<string, unknown>;
  /** Names of organisations, each with the roles in it. */
  organizations?: Record<string, string[]>;
}

/** The few calls of Logto that provisioning makes, over real HTTP. */
export class FakeLogto {
  readonly appId = 'formulary-m2m';
  readonly appSecret = 'logto-secret';
  readonly users = new Map<string, FakeLogtoUser>();
  tokensGiven = 0;
  private answers = new Map<string, { status: number; body?: string }>();
  private token = 'first-token';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeLogto> {
    const app = express();
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const logto = new FakeLogto(server);
    logto.mount(app);
    return logto;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Configuration of provisioning for this server. */
  get config() {
    const { endpoint, appId, appSecret } = this;
    return { endpoint, appId, appSecret };
  }

  /** Forgets the tokens that it gave, as after a rotation of its keys. */
  forgetTokens(): void {
    this.token = `token-${this.tokensGiven}`;
  }

  /** What is answered to every question for a user, until {@link FakeLogto.answerAgain}. */
  answerWith(userId: string, answer: { status: number; body?: string }): void {
    this.answers.set(userId, answer);
  }

  answerAgain(): void {
    this.answers.clear();
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private mount(app: express.Express): void {
    app.post(
      '/oidc/token',
      express.urlencoded({ extended: false }),
      (request, response) => {
        const { grant_type, client_id, client_secret, resource, scope } =
          request.body;
        if (
          grant_type !== 'client_credentials' ||
          client_id !== this.appId ||
          client_secret !== this.appSecret
        ) {
          response.status(401).json({
            error: 'invalid_client',
            error_description: 'client authentication failed',
          });
          return;
        }
        if (resource !== 'https://default.logto.app/api' || scope !== 'all') {
          response.status(400).json({ error: 'invalid_target' });
          return;
        }
        this.tokensGiven += 1;
        response.json({ access_token: this.token, expires_in: 3600 });
      },
    );
    const api = express.Router();
    app.use('/api', api);
    api.use((request, response, next) => {
      if (request.header('authorization') === `Bearer ${this.token}`) next();
      else response.status(401).json({ code: 'auth.unauthorized' });
    });
    api.use('/users/:id', (request, response, next) => {
      const { id } = request.params;
      const answer = this.answers.get(id);
      if (answer) {
        response
          .status(answer.status)
          .type('html')
          .send(answer.body ?? '');
      } else if (this.users.has(id)) {
        next();
      } else {
        response.status(404).json({
          message: 'The resource does not exist.',
          code: 'entity.not_found',
        });
      }
    });
    api.get('/users/:id', (request, response) => {
      const { organizations, ...user } = this.users.get(request.params.id)!;
      response.json({ isSuspended: false, customData: {}, ...user });
    });
    api.get('/users/:id/organizations', (request, response) => {
      const { organizations } = this.users.get(request.params.id)!;
      response.json(
        Object.entries(organizations ?? {}).map(([name, roles]) => ({
          id: `o-${name}`,
          name,
          organizationRoles: roles.map(role => ({ id: role, name: role })),
        })),
      );
    });
    api.get('/organizations/:id/users', (request, response) => {
      const page = Number(request.query.page);
      const size = Number(request.query.page_size);
      const members = [...this.users.values()].filter(({ organizations }) =>
        Object.keys(organizations ?? {}).some(
          name => `o-${name}` === request.params.id,
        ),
      );
      response.json(
        members.slice((page - 1) * size, page * size).map(({ id }) => ({ id })),
      );
    });
  }
}
