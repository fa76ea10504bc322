import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as paths from 'node:path';
import { createInterface } from 'node:readline';

const root = paths.resolve(__dirname, '../../../..');

/** The sandbox's Keycloak in a process of its own, with the people of a new sandbox. */
export class StandIn {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {}

  static async start(): Promise<StandIn> {
    const directory = mkdtempSync(paths.join(tmpdir(), 'keycloak-org-'));
    const child = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        'packages/sandbox/src/main.ts',
        ...['--directory', directory],
        ...['--port-base', String(await freePortBase())],
        // Nobody listens there.
        ...['--portal-port', '1024'],
        ...['--only', 'keycloak', '--no-postgres', '--stop-with-parent'],
      ],
      {
        cwd: root,
        stdio: ['pipe', 'pipe', 'inherit'],
        // Jest's own options are not for the stand-in.
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((resolve, reject) => {
      lines.on('line', line => line === 'sandbox ready' && resolve());
      child.once('exit', code =>
        reject(new Error(`the stand-in ended with ${code}`)),
      );
    });
    return new StandIn(child, directory);
  }

  /** Configuration of a provider for it. */
  get config() {
    const file = paths.join(this.directory, 'credentials.json');
    const { url, realm, clientId, clientSecret } = JSON.parse(
      readFileSync(file, 'utf8'),
    ).services.keycloak;
    return { baseUrl: url, realm, clientId, clientSecret };
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The first port of a block, where the block's own first ports are free. */
async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 20_000 + Math.floor(Math.random() * 1000) * 40;
    const used = Array.from({ length: 40 }, (_, offset) => base + offset);
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
