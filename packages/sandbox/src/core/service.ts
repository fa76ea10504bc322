import { Server } from 'node:http';
import express from 'express';
import { SandboxCredentials } from './credentials';
import { FaultInjector } from './faults';
import { SandboxOptions, ServiceName } from './options';
import { Store } from './store';

/** What a stand-in is given to build itself. */
export interface ServiceContext {
  /** Its durable state, in a folder of its own. */
  store: Store;
  /** Its own address, without a trailing slash. */
  url: string;
  /** Addresses and secrets of the whole sandbox. */
  credentials: SandboxCredentials;
  options: SandboxOptions;
  /** One line for the operator's terminal. Never put a secret in it. */
  log(message: string): void;
}

/** A stand-in, built but not listening yet. */
export interface StandIn {
  /** Serves API and pages. */
  app: express.Express;
  /** Called once the port answers: seed data that needs the other stand-ins. */
  started?(): Promise<void>;
  /** Stops timers and child processes. */
  stop?(): Promise<void>;
}

/** Builds one stand-in. */
export type StandInFactory = (context: ServiceContext) => Promise<StandIn>;

/** A stand-in that listens. */
export interface RunningService {
  name: ServiceName;
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts one stand-in on its port of the loopback interface, behind its fault injector.
 *
 * @throws Error that names the port when it is taken
 */
export async function startService(
  name: ServiceName,
  factory: StandInFactory,
  context: ServiceContext,
  faults: FaultInjector,
): Promise<RunningService> {
  const standIn = await factory(context);
  const front = express();
  front.disable('x-powered-by');
  front.use(faults.middleware(name));
  front.use(standIn.app);
  const server = await listen(front, Number(new URL(context.url).port), name);
  await standIn.started?.();
  return {
    name,
    url: context.url,
    async stop() {
      await close(server);
      await standIn.stop?.();
      await context.store.close();
    },
  };
}

/** Listens on a loopback port, with an error that a person understands. */
export function listen(
  app: express.Express,
  port: number,
  what: string,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, '127.0.0.1');
    server.once('listening', () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port}, which the sandbox's ${what} needs, is in use. Stop the program that holds it and start again`,
            )
          : error,
      ),
    );
  });
}

/** Closes a server and the connections that clients keep alive. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
