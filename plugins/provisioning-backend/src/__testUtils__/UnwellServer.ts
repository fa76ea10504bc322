import { once } from 'node:events';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call as the server got it. */
export interface UnwellCall {
  method: string;
  /** First part of the path: which service was meant. */
  service: string;
  /** The rest of the path. */
  path: string;
  body: string;
}

/** What a server answers; undefined: nothing at all, for ever; 'cut': it breaks the connection. */
export type UnwellAnswer = { status: number; body: string } | 'cut' | undefined;

/** Every service and identity provider at once, over real HTTP, with the same answer to all but requests for a token. */
export class UnwellServer {
  readonly calls: UnwellCall[] = [];
  answer: (call: UnwellCall) => UnwellAnswer = () => 'cut';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<UnwellServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const unwell = new UnwellServer(server);
    server.on('request', (request, response) => {
      unwell.handle(request, response).catch(() => response.destroy());
    });
    return unwell;
  }

  /** Address of a service. */
  urlOf(service: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${service}`;
  }

  /** Calls that would delete, block or stop something. */
  get harm(): string[] {
    return this.calls.flatMap(({ method, service, path, body }) => {
      const isHarm =
        ['DELETE', 'PUT', 'PATCH'].includes(method) ||
        path.endsWith('/builds') ||
        /mutation[^{]*\{\s*(delete|destroy)/i.test(body);
      return isHarm ? [`${method} ${service}${path}`] : [];
    });
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse) {
    const [, service, path] =
      (request.url ?? '').match(/^\/([^/]+)([^?]*)/) ?? [];
    if (path.endsWith('/token')) {
      response.setHeader('Content-Type', 'application/json');
      response.end('{"access_token":"token","expires_in":300}');
      return;
    }
    const call = {
      method: request.method ?? '',
      service,
      path,
      body: await text(request),
    };
    this.calls.push(call);
    const answer = this.answer(call);
    if (answer === undefined) return;
    if (answer === 'cut') {
      response.destroy();
      return;
    }
    response.statusCode = answer.status;
    response.setHeader(
      'Content-Type',
      answer.body.startsWith('<') ? 'text/html' : 'application/json',
    );
    response.end(answer.body);
  }
}
