import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as paths from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxCredentials } from '../../../core/credentials';
import { portOf } from '../../../core/options';

const root = paths.resolve(__dirname, '../../../../../..');

/**
 * A Keycloak stand-in in a process of its own, on free ports and a temporary
 * folder: `oidc-provider` is an ES module, which Jest can't load.
 */
export class RunningKeycloak {
  private child?: ChildProcess;
  /** What it has printed. */
  readonly printed: string[] = [];

  private constructor(
    private readonly directory: string,
    private readonly portBase: number,
    private readonly portalPort: number,
  ) {}

  /** @param portalPort - where its webhooks go; nobody listens at the default */
  static async start(portalPort = 1024): Promise<RunningKeycloak> {
    const keycloak = new RunningKeycloak(
      mkdtempSync(paths.join(tmpdir(), 'keycloak-')),
      await freePortBase(),
      portalPort,
    );
    await keycloak.run();
    return keycloak;
  }

  get credentials(): SandboxCredentials {
    const file = paths.join(this.directory, 'credentials.json');
    return JSON.parse(readFileSync(file, 'utf8'));
  }

  get issuer(): string {
    return this.credentials.services.keycloak.issuer;
  }

  /** Stops the process and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.end();
    await this.run();
  }

  /** Stops the process and removes its data. */
  async stop(): Promise<void> {
    await this.end();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async run() {
    const child = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        'packages/sandbox/src/main.ts',
        ...['--directory', this.directory],
        ...['--port-base', String(this.portBase)],
        ...['--portal-port', String(this.portalPort)],
        ...['--only', 'keycloak', '--no-postgres', '--stop-with-parent'],
      ],
      {
        cwd: root,
        stdio: ['pipe', 'pipe', 'inherit'],
        // Jest's own options are not for the stand-in.
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    this.child = child;
    const lines = createInterface({ input: child.stdout });
    const ready = new Promise<void>((resolve, reject) => {
      lines.on('line', line => {
        this.printed.push(line);
        if (line === 'sandbox ready') resolve();
      });
      child.once('exit', code =>
        reject(new Error(`the stand-in ended with ${code}`)),
      );
    });
    await ready;
  }

  private async end() {
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
}

/** The first port of a block whose used ports are free. */
async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 20_000 + Math.floor(Math.random() * 1000) * 40;
    const used = [portOf('keycloak', base), portOf('control', base)];
    if ((await Promise.all(used.map(isFree))).every(Boolean)) return base;
  }
  throw new Error('no free ports for a sandbox');
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
