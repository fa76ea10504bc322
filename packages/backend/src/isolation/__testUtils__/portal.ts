import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { KeycloakAccess } from './KeycloakGroups';

const root = resolve(__dirname, '../../../../..');
const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];
const START_LIMIT_MS = 180_000;

/** First port of the suite's sandbox; its portal is 200 above. */
const PORT_BASE = Number(process.env.FORMULARY_ISOLATION_PORT_BASE ?? 18_200);
const PORTAL_PORT = PORT_BASE + 200;

/** What the recorder tells of a backend. */
export interface RecordedRoutes {
  /** `GET /api/…`, or `USE /api/…` for what is mounted at a path of its own. */
  routes: string[];
  /** Routes that no walk from the backend's root reaches. */
  hidden: string[];
}

/** A portal as `npm start` runs it, on a sandbox without a past. */
export interface Portal {
  url: string;
  people: Array<{ username: string; password: string }>;
  keycloak: KeycloakAccess;
  recorded: RecordedRoutes;
  stop(): Promise<void>;
}

/** Starts the sandbox and the backend, and waits until both are ready. */
export async function startPortal(): Promise<Portal> {
  const directory = mkdtempSync(join(tmpdir(), 'formulary-isolation-'));
  // As root, PostgreSQL runs as the system user `postgres`, who must get in.
  await chmod(directory, 0o711);
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await end(child);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const sandbox = program(join(directory, 'sandbox.log'), [
      'packages/sandbox/src/main.ts',
      '--stop-with-parent',
      ...['--directory', directory],
      ...['--port-base', String(PORT_BASE)],
      ...['--portal-port', String(PORTAL_PORT)],
    ]);
    children.push(sandbox.child);
    await sandbox.until('sandbox ready', async () =>
      sandbox.printed().includes('sandbox ready'),
    );

    const url = `http://localhost:${PORTAL_PORT}`;
    const backend = program(
      join(directory, 'backend.log'),
      [
        ...['--require', join(__dirname, 'routeRecorder.ts')],
        'packages/backend/src/index.ts',
        ...['--config', 'app-config.yaml'],
        ...['--config', 'app-config.sandbox.yaml'],
        ...['--config', join(__dirname, 'fixtures/app-config.isolation.yaml')],
      ],
      {
        NODE_ENV: 'production',
        FORMULARY_SANDBOX: directory,
        APP_CONFIG_backend_listen_port: String(PORTAL_PORT),
      },
    );
    children.push(backend.child);
    await backend.until(`${url} is ready`, () =>
      fetch(`${url}/.backstage/health/v1/readiness`).then(
        ({ ok }) => ok,
        // Not listening yet: that is what is waited for.
        () => false,
      ),
    );
    const { people, services } = JSON.parse(
      readFileSync(join(directory, 'credentials.json'), 'utf8'),
    );
    return {
      url,
      people,
      keycloak: services.keycloak,
      recorded: await recordedRoutes(backend.child),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function program(
  logFile: string,
  args: string[],
  env: Record<string, string> = {},
) {
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, [...transform, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['pipe', log, log, 'ipc'],
  });
  closeSync(log);
  const printed = () => readFileSync(logFile, 'utf8');
  const until = async (what: string, condition: () => Promise<boolean>) => {
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await condition())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(
          `${what}: not reached. The end of its log:\n${printed().slice(
            -3000,
          )}`,
        );
      }
      await new Promise(done => {
        setTimeout(done, 200);
      });
    }
  };
  return { child, printed, until };
}

async function recordedRoutes(backend: ChildProcess): Promise<RecordedRoutes> {
  backend.send('routes');
  for (;;) {
    const [message] = await once(backend, 'message');
    // The node transform reports the files that it reads over the same channel.
    if (message.routes) return message;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await gone;
  clearTimeout(timer);
}
