import {
  createServer,
  IncomingHttpHeaders,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/** What the server does with one request: answers it, drops the connection, or leaves it open. */
export type Turn =
  | { status: number; body?: string; headers?: Record<string, string> }
  | 'drop'
  | 'hang';

/** A request as it arrived. */
export interface SeenRequest {
  method?: string;
  url?: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server on loopback that plays one turn a request, the last one for ever. */
export class ScriptedServer {
  turns: Turn[] = [{ status: 200, body: '{}' }];
  readonly seen: SeenRequest[] = [];
  /** Requests that are left open, newest last. */
  readonly open: ServerResponse[] = [];
  private server?: Server;
  private arrivals: Array<{ count: number; done: () => void }> = [];

  /** Starts listening and answers the address. */
  async start(): Promise<string> {
    this.server = createServer(async (request, response) => {
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
    });
    const { server } = this;
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Waits until so many requests have arrived. */
  arrived(count: number): Promise<void> {
    return new Promise(done => {
      if (this.seen.length >= count) done();
      else this.arrivals.push({ count, done });
    });
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise(resolve => {
      this.server?.close(resolve);
    });
  }

  private play(response: ServerResponse) {
    const turn = this.turns.length > 1 ? this.turns.shift() : this.turns[0];
    if (turn === 'drop' || turn === undefined) response.destroy();
    else if (turn === 'hang') this.open.push(response);
    else response.writeHead(turn.status, turn.headers).end(turn.body);
  }
}
