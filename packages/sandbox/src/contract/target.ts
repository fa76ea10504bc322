import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxCredentials } from '../core/credentials';
import { SERVICE_NAMES, ServiceName } from '../core/options';

/** What a contract suite runs against. */
export interface ContractTarget {
  /** Whether it is the stand-in; false for a real server. */
  sandbox: boolean;
  url: string;
  token: string;
  /** Further `FORMULARY_CONTRACT_<SERVICE>_<NAME>` variables, by lower-case name. */
  settings: Record<string, string>;
  /** Addresses and secrets of the sandbox; absent for a real server. */
  credentials?: SandboxCredentials;
  stop(): Promise<void>;
}

const root = dirname(require.resolve('../../../../package.json'));

/**
 * The server that the environment names (`FORMULARY_CONTRACT_<SERVICE>_URL` and
 * `_TOKEN`), or else a stand-in of its own on free ports, with Keycloak beside it.
 */
export async function startTarget(
  service: ServiceName,
): Promise<ContractTarget> {
  return realTarget(service) ?? (await sandboxTarget(service));
}

function realTarget(service: ServiceName): ContractTarget | undefined {
  const prefix = `FORMULARY_CONTRACT_${service.toUpperCase()}_`;
  const settings = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith(prefix) && value
        ? [[name.slice(prefix.length).toLowerCase(), value]]
        : [],
    ),
  );
  const { url, token, ...rest } = settings;
  if (!url) return undefined;
  if (!token) throw new Error(`${prefix}TOKEN is missing beside ${prefix}URL`);
  return { sandbox: false, url, token, settings: rest, async stop() {} };
}

async function sandboxTarget(service: ServiceName): Promise<ContractTarget> {
  const directory = mkdtempSync(join(tmpdir(), `formulary-${service}-`));
  const portBase = await freePortBase();
  const child = spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'packages/sandbox/src/main.ts',
      ...['--directory', directory],
      ...['--port-base', String(portBase)],
      // Nothing listens there: a suite's webhooks must not reach a portal that runs beside it.
      ...['--portal-port', String(portBase + 7)],
      ...['--only', [...new Set(['keycloak', service])].join(',')],
      '--no-postgres',
      '--stop-with-parent',
    ],
    {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      // Jest's own options are not for the stand-in.
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  const ended = new Promise<void>(done => child.once('exit', () => done()));
  let errors = '';
  child.stderr.on('data', data => {
    errors += String(data);
  });
  await new Promise<void>((ready, failed) => {
    createInterface({ input: child.stdout }).on('line', line => {
      if (line === 'sandbox ready') ready();
    });
    child.once('exit', code =>
      failed(new Error(`The sandbox ended (${code}): ${errors}`)),
    );
  });
  const credentials: SandboxCredentials = JSON.parse(
    readFileSync(join(directory, 'credentials.json'), 'utf8'),
  );
  const own = credentials.services[service];
  return {
    sandbox: true,
    url: own.url,
    token: 'token' in own ? own.token : '',
    settings: {},
    credentials,
    async stop() {
      child.stdin.end();
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

/** First port of a free block; blocks are apart so that suites side by side do not meet. */
async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 20_000 + 40 * Math.floor(Math.random() * 300);
    const ports = SERVICE_NAMES.map((_, index) => base + 1 + index);
    const free = await Promise.all([...ports, base + 6].map(isFree));
    if (free.every(Boolean)) return base;
  }
  throw new Error('No free block of ports between 20000 and 32000');
}

function isFree(port: number): Promise<boolean> {
  return new Promise(done => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
