import { once } from 'node:events';
import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** One webhook request. */
export interface ReceivedWebhook {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Takes webhooks in place of the portal. */
export class WebhookReceiver {
  private readonly received: ReceivedWebhook[] = [];
  private readonly waiting: Array<() => void> = [];
  /** Statuses of the next answers; 200 when there is none. */
  readonly statuses: number[] = [];

  private constructor(private readonly server: Server) {
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      this.received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(this.statuses.shift() ?? 200).end();
      this.waiting.splice(0).forEach(wake => wake());
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The next webhook that satisfies a condition, those that came already included. */
  async next(
    condition: (webhook: ReceivedWebhook) => boolean = () => true,
  ): Promise<ReceivedWebhook> {
    for (;;) {
      const index = this.received.findIndex(condition);
      if (index >= 0) return this.received.splice(index, 1)[0];
      await new Promise<void>(wake => this.waiting.push(wake));
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
