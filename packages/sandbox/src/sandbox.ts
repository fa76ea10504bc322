import { join } from 'node:path';
import { createControlApp } from './core/control';
import { loadCredentials, SandboxCredentials } from './core/credentials';
import { FaultInjector } from './core/faults';
import { portOf, SandboxOptions } from './core/options';
import { startPostgres } from './core/postgres';
import { close, listen, startService } from './core/service';
import { Store } from './core/store';
import { standIns } from './services';

/** A sandbox that answers. */
export interface RunningSandbox {
  credentials: SandboxCredentials;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL, the control API and the stand-ins.
 *
 * When one of them can't start, those that did are stopped again before the
 * error is thrown.
 */
export async function startSandbox(
  options: SandboxOptions,
  log: (message: string) => void,
): Promise<RunningSandbox> {
  const credentials = loadCredentials(options);
  const faults = new FaultInjector();
  const stops: Array<() => Promise<void>> = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const postgres = options.postgres
      ? await startPostgres(options.directory, credentials.postgres, () => {})
      : undefined;
    if (postgres) stops.push(() => postgres.stop());
    const control = await listen(
      createControlApp(faults, postgres),
      portOf('control', options.portBase),
      'control API',
    );
    stops.push(() => close(control));
    for (const name of options.services) {
      const factory = await standIns[name]();
      const running = await startService(
        name,
        factory,
        {
          store: new Store(join(options.directory, name)),
          url: credentials.services[name].url,
          credentials,
          options,
          log: message => log(`${name}: ${message}`),
        },
        faults,
      );
      stops.push(() => running.stop());
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { credentials, stop };
}
