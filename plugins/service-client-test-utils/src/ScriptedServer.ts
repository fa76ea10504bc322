import {
  createServer,
  IncomingHttpHeaders,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { AddressInfo } from 'node:net';

/**
 * What the server does with one request: answers it, drops the connection,
 * cuts it in the middle of the answer, or leaves it open.
 *
 * @public
 */
export type Turn =
  | { status: number; body?: string; headers?: Record<string, string> }
  | 'drop'
  | 'cut'
  | 'hang';

/**
 * A request as it arrived.
 *
 * @public
 */
export interface SeenRequest {
  method?: string;
  url?: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * A server on loopback that plays one turn a request, the last one for ever.
 *
 * @public
 */
export class ScriptedServer {
  turns: Turn[] = [{ status: 200, body: '{}' }];
  readonly seen: SeenRequest[] = [];
  /** Requests that are left open, newest last. */
  readonly open: ServerResponse[] = [];
  private server?: Server;
  private arrivals: Array<{ count: number; done: () => void }> = [];

  /**
   * Starts listening and answers the address.
   *
   * @param tls - key and certificate in PEM, to speak HTTPS
   */
  async start(tls?: { key: string; cert: string }): Promise<string> {
    const listener: RequestListener = async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method, url, headers } = request;
      this.seen.push({ method, url, headers, body });
      this.play(response);
      this.arrivals = this.arrivals.filter(({ count, done }) => {
        if (this.seen.length < count) return true;
        done();
        return false;
      });
    };
    const server = tls
      ? createSecureServer(tls, listener)
      : createServer(listener);
    this.server = server;
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const scheme = tls ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Waits until so many requests have arrived. */
  arrived(count: number): Promise<void> {
    return new Promise(done => {
      if (this.seen.length >= count) done();
      else this.arrivals.push({ count, done });
    });
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  }

  private play(response: ServerResponse) {
    const turn = this.turns.length > 1 ? this.turns.shift() : this.turns[0];
    if (turn === 'drop' || turn === undefined) response.destroy();
    else if (turn === 'hang') this.open.push(response);
    else if (turn === 'cut') {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('{"id":', () => response.destroy());
    } else response.writeHead(turn.status, turn.headers).end(turn.body);
  }
}
