import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';

/** A service that a test plays, on a port of its own. */
export abstract class HttpFake {
  /** Every call that could change something, in order: `POST /users`. */
  readonly changes: string[] = [];
  private server?: Server;

  /** Starts listening and answers the address. */
  async start(): Promise<string> {
    const app = express();
    app.use(express.urlencoded({ extended: false }));
    // Keycloak takes one bare text that is called JSON: the id of a member.
    app.use(/.*\/members\/?/, express.text({ type: '*/*' }));
    app.use(express.json());
    app.use((request, _response, next) => {
      if (request.method !== 'GET' && this.isChange(request)) {
        this.changes.push(`${request.method} ${request.path}`);
      }
      next();
    });
    this.routes(app);
    app.use((request, response) => {
      response
        .status(500)
        .json({ error: `unexpected ${request.method} ${request.path}` });
    });
    this.server = app.listen(0, '127.0.0.1');
    await new Promise(resolve => {
      this.server!.once('listening', resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    await new Promise(resolve => {
      this.server?.close(resolve);
      this.server?.closeAllConnections();
    });
  }

  /** Forgets which calls there were. */
  forgetChanges(): void {
    this.changes.splice(0);
  }

  protected abstract routes(app: express.Express): void;

  /** Whether a call that is no GET counts: logging in does not. */
  protected isChange(_request: express.Request): boolean {
    return true;
  }
}
