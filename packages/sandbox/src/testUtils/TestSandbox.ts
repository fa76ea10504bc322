import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxCredentials } from '../core/credentials';
import { SERVICE_NAMES, ServiceName } from '../core/options';
import { PortBlock } from './PortBlock';

const root = dirname(require.resolve('../../../../package.json'));

/** What a sandbox for a test is started with. */
export interface TestSandboxOptions {
  /** Stand-ins to start; all of them when absent. */
  services?: readonly ServiceName[];
  /** Where Keycloak's webhooks go; nobody listens at the default. */
  portalPort?: number;
}

/**
 * Stand-ins without a past and without PostgreSQL, in a process of their own
 * (some of their libraries are ES modules, which Jest can't load) on ports that
 * no other test has. The process ends with the one that started it.
 */
export class TestSandbox {
  private child?: ChildProcess;
  /** What it has printed. */
  readonly printed: string[] = [];

  private constructor(
    private readonly directory: string,
    private readonly ports: PortBlock,
    private readonly options: TestSandboxOptions,
  ) {}

  /** @throws Error with what the sandbox complained of when it does not start */
  static async start(options: TestSandboxOptions = {}): Promise<TestSandbox> {
    const sandbox = new TestSandbox(
      mkdtempSync(join(tmpdir(), 'test-sandbox-')),
      await PortBlock.reserve(),
      options,
    );
    try {
      await sandbox.run();
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
    return sandbox;
  }

  /** Addresses, people and secrets. */
  get credentials(): SandboxCredentials {
    const file = join(this.directory, 'credentials.json');
    return JSON.parse(readFileSync(file, 'utf8'));
  }

  /** Stops the process and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.end();
    await this.run();
  }

  /** Stops the process and removes its data. */
  async stop(): Promise<void> {
    await this.end();
    await this.ports.release();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async run() {
    const { services = SERVICE_NAMES, portalPort } = this.options;
    const child = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        'packages/sandbox/src/main.ts',
        ...['--directory', this.directory],
        ...['--port-base', String(this.ports.base)],
        ...['--portal-port', String(portalPort ?? this.ports.base + 7)],
        ...['--only', services.join(',')],
        ...['--no-postgres', '--stop-with-parent'],
      ],
      {
        cwd: root,
        stdio: ['pipe', 'pipe', 'pipe'],
        // Jest's own options are not for the stand-ins.
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    this.child = child;
    let complaints = '';
    child.stderr.on('data', chunk => {
      complaints += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', line => {
        this.printed.push(line);
        if (line === 'sandbox ready') resolve();
      });
      child.once('exit', code =>
        reject(new Error(`The sandbox ended with ${code}: ${complaints}`)),
      );
    });
  }

  private async end() {
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
}
