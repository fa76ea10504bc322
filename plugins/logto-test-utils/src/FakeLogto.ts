import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

/**
 * A user of {@link FakeLogto}, as its Management API shows them.
 *
 * @public
 */
export interface FakeLogtoUser {
  id: string;
  username?: string | null;
  primaryEmail?: string | null;
  name?: string | null;
  isSuspended?: boolean;
  profile?: { givenName?: string; familyName?: string };
  customData?: Record<string, unknown>;
  /** Keys of organisations, each with the roles in it. */
  organizations?: Record<string, string[]>;
  /** Names of roles that are of no organisation. */
  roles?: string[];
}

/**
 * An answer in place of the right one.
 *
 * @public
 */
export interface FakeLogtoAnswer {
  /** Default 200. */
  status?: number;
  /** Content type. Default HTML. */
  type?: string;
  body?: string;
  headers?: Record<string, string>;
}

/**
 * Logto's token endpoint and the calls of its Management API that the portal
 * makes, over real HTTP.
 *
 * @public
 */
export class FakeLogto {
  readonly appId = 'formulary-m2m';
  readonly appSecret = 'logto-secret';
  readonly users = new Map<string, FakeLogtoUser>();
  /** Names of organisations by key, oldest first; those of users are there without being named. */
  readonly organizations = new Map<string, string>();
  /** Paths below `/api`, with queries, that were asked for. */
  readonly asked: string[] = [];
  tokensGiven = 0;
  private answers = new Map<string, FakeLogtoAnswer>();
  private fault?: (path: string) => FakeLogtoAnswer | undefined;
  private token = 'first-token';

  private constructor(
    private readonly server: Server,
    /** For routes beside those of this class, such as people's sign-in. */
    readonly app: express.Express,
  ) {}

  /** @param port - any free one when left out */
  static async start(port = 0): Promise<FakeLogto> {
    const app = express();
    const server = createServer(app).listen(port, '127.0.0.1');
    await once(server, 'listening');
    const logto = new FakeLogto(server, app);
    logto.mount(app);
    return logto;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How a client is configured for this server. */
  get config() {
    const { endpoint, appId, appSecret } = this;
    return { endpoint, appId, appSecret };
  }

  /** Id of an organisation by its key. */
  static organizationId(key: string): string {
    return `o-${key}`;
  }

  /** Forgets the tokens that it gave, as after a rotation of its keys. */
  forgetTokens(): void {
    this.token = `token-${this.tokensGiven}`;
  }

  /** What is answered to every question for a user, until {@link FakeLogto.answerAgain}. */
  answerWith(userId: string, answer: FakeLogtoAnswer): void {
    this.answers.set(userId, answer);
  }

  /** Answers some questions wrongly from now on, until {@link FakeLogto.answerAgain}. */
  failWith(fault: (path: string) => FakeLogtoAnswer | undefined): void {
    this.fault = fault;
  }

  answerAgain(): void {
    this.answers.clear();
    this.fault = undefined;
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
      (request, response, next) => {
        if (request.body.grant_type === 'client_credentials') {
          this.giveToken(request.body, response);
        } else next();
      },
    );
    const api = express.Router();
    app.use('/api', api);
    api.use((request, response, next) => {
      this.asked.push(request.url);
      const fault = this.fault?.(request.url);
      if (fault) send(response, fault);
      else if (request.header('authorization') === `Bearer ${this.token}`) {
        next();
      } else response.status(401).json({ code: 'auth.unauthorized' });
    });
    this.mountUsers(api);
    this.mountOrganizations(api);
    this.mountRoles(api);
  }

  private giveToken(
    body: Record<string, string>,
    response: express.Response,
  ): void {
    const { client_id, client_secret, resource, scope } = body;
    if (client_id !== this.appId || client_secret !== this.appSecret) {
      response.status(401).json({
        error: 'invalid_client',
        error_description: 'client authentication failed',
      });
    } else if (
      resource !== 'https://default.logto.app/api' ||
      scope !== 'all'
    ) {
      response.status(400).json({ error: 'invalid_target' });
    } else {
      this.tokensGiven += 1;
      response.json({ access_token: this.token, expires_in: 3600 });
    }
  }

  private mountUsers(api: express.Router): void {
    api.get('/users', (request, response) => {
      page(request, response, [...this.users.values()].map(shown));
    });
    api.use('/users/:id', (request, response, next) => {
      const { id } = request.params;
      const answer = this.answers.get(id);
      if (answer) send(response, answer);
      else if (this.users.has(id)) next();
      else notFound(response, 'entity.not_found');
    });
    api.get('/users/:id', (request, response) => {
      response.json(shown(this.users.get(request.params.id)!));
    });
    api.get('/users/:id/organizations', (request, response) => {
      const { organizations } = this.users.get(request.params.id)!;
      response.json(
        Object.entries(organizations ?? {}).map(([key, roles]) => ({
          ...this.organization(key),
          organizationRoles: roles.map(role),
        })),
      );
    });
    api.get('/users/:id/roles', (request, response) => {
      const { roles } = this.users.get(request.params.id)!;
      page(request, response, (roles ?? []).map(role));
    });
  }

  private mountOrganizations(api: express.Router): void {
    api.get('/organizations', (request, response) => {
      const all = this.keys().map(key => this.organization(key));
      page(request, response, all);
    });
    api.get('/organizations/:id', (request, response) => {
      const key = this.keys().find(
        known => FakeLogto.organizationId(known) === request.params.id,
      );
      if (key) response.json(this.organization(key));
      else notFound(response, 'entity.not_exists_with_id');
    });
    api.get('/organizations/:id/users', (request, response) => {
      const wanted = request.query.organizationRoleId;
      const members = [...this.users.values()].flatMap(user =>
        Object.entries(user.organizations ?? {})
          .filter(
            ([key, roles]) =>
              FakeLogto.organizationId(key) === request.params.id &&
              (wanted === undefined || roles.includes(String(wanted))),
          )
          .map(([, roles]) => ({
            ...shown(user),
            organizationRoles: roles.map(role),
          })),
      );
      page(request, response, members);
    });
    api.get('/organization-roles', (request, response) => {
      const names = [...this.users.values()].flatMap(({ organizations }) =>
        Object.values(organizations ?? {}).flat(),
      );
      page(request, response, [...new Set(names)].map(role));
    });
  }

  private mountRoles(api: express.Router): void {
    const names = () => [
      ...new Set([...this.users.values()].flatMap(({ roles }) => roles ?? [])),
    ];
    api.get('/roles', (request, response) => {
      page(request, response, names().map(role));
    });
    api.get('/roles/:id/users', (request, response) => {
      const holders = [...this.users.values()].filter(({ roles }) =>
        roles?.includes(request.params.id),
      );
      page(request, response, holders.map(shown));
    });
  }

  private keys(): string[] {
    return [
      ...new Set([
        ...this.organizations.keys(),
        ...[...this.users.values()].flatMap(({ organizations }) =>
          Object.keys(organizations ?? {}),
        ),
      ]),
    ];
  }

  private organization(key: string) {
    return {
      id: FakeLogto.organizationId(key),
      name: this.organizations.get(key) ?? key,
      createdAt: 1_700_000_000_000 + this.keys().indexOf(key),
    };
  }
}

/** The name stands for the id, too. */
function role(name: string) {
  return { id: name, name };
}

function shown(user: FakeLogtoUser) {
  const { organizations, roles, ...visible } = user;
  return { isSuspended: false, customData: {}, ...visible };
}

function page<T>(
  request: express.Request,
  response: express.Response,
  entries: T[],
): void {
  const number = Number(request.query.page ?? 1);
  const size = Number(request.query.page_size ?? 20);
  // koaPagination of logto-io/logto.
  if (size > 100) {
    response.status(400).json({ code: 'guard.invalid_pagination' });
    return;
  }
  response
    .set('Total-Number', String(entries.length))
    .json(entries.slice((number - 1) * size, number * size));
}

function notFound(response: express.Response, code: string): void {
  response.status(404).json({ message: 'The resource does not exist.', code });
}

function send(response: express.Response, answer: FakeLogtoAnswer): void {
  response
    .status(answer.status ?? 200)
    .set(answer.headers ?? {})
    .type(answer.type ?? 'html')
    .send(answer.body ?? '');
}
