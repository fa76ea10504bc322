import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Child, nodeArguments } from '../launch/children.mjs';
import { logs, root, sandbox } from '../launch/paths.mjs';
import { Problem } from '../launch/problem.mjs';
import { bareRoot } from './bare.mjs';

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 3_000;
const POLL_MS = 20;

/** One of the two backends that are compared. Both run from source, in the same way. */
export class Side {
  #directory;
  #overlay;
  #child;

  /**
   * @param directory - the monorepo that it runs in
   * @param config - what differs from the shared configuration
   */
  constructor(name, directory, port, config) {
    this.name = name;
    this.url = `http://localhost:${port}`;
    this.#directory = directory;
    this.#overlay = join(sandbox, `${name}.yaml`);
    mkdirSync(logs, { recursive: true });
    // YAML contains JSON.
    writeFileSync(
      this.#overlay,
      JSON.stringify({
        ...config,
        app: { ...config.app, baseUrl: this.url },
        backend: {
          baseUrl: this.url,
          listen: { port },
          database: { prefix: `${name}_` },
        },
      }),
    );
  }

  /** Starts it and waits until it is ready. @returns milliseconds from spawn to readiness */
  async start() {
    const log = join(logs, `${this.name}.log`);
    const file = openSync(log, 'w');
    const since = performance.now();
    this.#child = new Child(
      process.execPath,
      nodeArguments([
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        'packages/backend/src/index.ts',
        ...['app-config.yaml', 'app-config.sandbox.yaml']
          .map(name => join(root, name))
          .concat(this.#overlay)
          .flatMap(path => ['--config', path]),
      ]),
      {
        cwd: this.#directory,
        env: {
          ...process.env,
          NODE_ENV: 'production',
          NODE_COMPILE_CACHE: join(root, 'tools/bench/dist/compile-cache'),
          FORMULARY_SANDBOX: sandbox,
        },
        stdio: [file, file],
        stopLimitMs: STOP_LIMIT_MS,
      },
    );
    closeSync(file);
    let ended = false;
    this.#child.ended.then(() => (ended = true));
    while (!(await isReady(this.url))) {
      const late = performance.now() - since > START_LIMIT_MS;
      if (ended || late) {
        throw new Problem(
          `The backend "${this.name}" ${
            late ? 'is not ready in time' : 'ended by itself'
          }. The last lines of ${log}:\n${lastLines(log)}`,
        );
      }
      await delay(POLL_MS);
    }
    return performance.now() - since;
  }

  stop() {
    return this.#child.stop();
  }
}

const lastLines = file =>
  readFileSync(file, 'utf8').trimEnd().split('\n').slice(-20).join('\n');

async function isReady(url) {
  try {
    return (await fetch(`${url}/.backstage/health/v1/readiness`)).ok;
  } catch {
    // Not listening yet: that is what is waited for.
    return false;
  }
}

/** Our backend. */
export const ours = port => new Side('formulary', root, port, {});

/** The same stock plugins without anything of ours. */
export const bare = port =>
  new Side('bare', bareRoot, port, {
    app: { packageName: join(bareRoot, 'packages/app') },
    auth: {
      providers: {
        oidc: {
          production: {
            signIn: {
              resolvers: [{ resolver: 'emailMatchingUserEntityProfileEmail' }],
            },
          },
        },
      },
    },
    permission: {
      rbac: {
        'policies-csv-file': join(root, 'packages/backend/rbac/policies.csv'),
        pluginsWithPermission: ['catalog', 'scaffolder', 'permission'],
      },
    },
    catalog: { locations: [] },
  });
