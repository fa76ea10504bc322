import { root, sandbox } from '../launch/paths.mjs';
import { Program } from '../launch/program.mjs';

/** One of the backend processes that share the work; it is killed and started again. */
export class Replica {
  #program;
  #starts = 0;

  #file;

  /**
   * @param config - file of the settings that this test adds
   * @param file - program of the process
   */
  constructor(name, port, config, file = 'tools/chaos/backend.mjs') {
    this.#file = file;
    this.name = name;
    this.url = `http://localhost:${port}`;
    this.port = port;
    this.config = config;
  }

  get running() {
    return this.#program !== undefined;
  }

  /** Process number, while it runs. */
  get pid() {
    return this.#program?.child.process.pid;
  }

  /** Starts the process and waits until it is ready. */
  async start() {
    this.#starts += 1;
    this.#program = new Program(
      `${this.name}-${this.#starts}`,
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        this.#file,
        ...['--config', `${root}/app-config.yaml`],
        ...['--config', `${root}/app-config.sandbox.yaml`],
        ...['--config', this.config],
      ],
      {
        env: {
          ...process.env,
          FORMULARY_SANDBOX: sandbox,
          NODE_ENV: 'production',
          NODE_COMPILE_CACHE: `${root}/node_modules/.cache/formulary-compile`,
          APP_CONFIG_backend_listen_port: String(this.port),
        },
      },
    );
    await this.#program.answers(`${this.url}/.backstage/health/v1/readiness`);
  }

  /** Kills the process at once, as a power cut would. */
  async kill() {
    const { child } = this.#program;
    this.#program = undefined;
    child.process.kill('SIGKILL');
    await child.ended;
  }
}
