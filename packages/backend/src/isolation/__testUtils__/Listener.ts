import { once } from 'node:events';
import { isError } from '@backstage/errors';
import { eventually } from './eventually';

/** Everything that plugins send signals on, and what somebody curious would guess. */
const CHANNELS = [
  'approvals:requests',
  'notifications',
  'provisioning',
  'scaffolder',
  'catalog',
  'user:default/bob',
  'admin',
];

/** Listens to the portal's signals as somebody, on every channel. */
export class Listener {
  private constructor(
    private readonly socket: WebSocket,
    /** What was sent, as text. */
    readonly heard: string[],
  ) {}

  /** @param token - as the frontend sends it; nobody when left out */
  static async start(portal: string, token?: string): Promise<Listener> {
    const url = new URL('/api/signals', portal);
    url.protocol = 'ws:';
    const heard: string[] = [];
    // The plugin begins to take sockets when one is asked for, and never answers that one.
    const socket = await eventually('a socket opens', () => open(url, token));
    socket.addEventListener('message', ({ data }) => heard.push(String(data)));
    for (const channel of CHANNELS) {
      socket.send(JSON.stringify({ action: 'subscribe', channel }));
    }
    return new Listener(socket, heard);
  }

  /** Hangs up, and returns all that was heard: a socket delivers in order, so nothing is on its way then. */
  async stop(): Promise<string[]> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
    return this.heard;
  }
}

const OPEN_MS = 1_000;

/** A socket; undefined when it does not open soon. */
async function open(url: URL, token?: string): Promise<WebSocket | undefined> {
  const socket = new WebSocket(url, token ? [token] : []);
  try {
    await once(socket, 'open', { signal: AbortSignal.timeout(OPEN_MS) });
    return socket;
  } catch (error) {
    socket.close();
    // Jest has an Error of its own.
    if (isError(error) && error.name === 'AbortError') return undefined;
    throw error;
  }
}
