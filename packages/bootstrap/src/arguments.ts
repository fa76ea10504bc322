import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BootstrapError } from './BootstrapError';
import { Service, SERVICES } from './settings';

const COMMANDS = ['apply', 'check', 'journeys', 'numbers', 'secrets'] as const;

/** What the bootstrap is asked to do. */
export interface Arguments {
  command: (typeof COMMANDS)[number];
  /** Services to prepare or check. */
  services: Service[];
  /** Folder of `portal.env` and `contract.env`. */
  output: string;
  /** With `secrets`: folder of `.env.example` and `.env`. */
  directory: string;
}

/** What `--help` prints. */
export const HELP = `bootstrap [apply | check | journeys | numbers | secrets] [options]

  apply    prepares the services and writes portal.env and contract.env (default)
  check    tries every address and token of portal.env
  journeys makes the people of the browser journeys, and journeys.json
  numbers  gives people in Keycloak who lack one a number for Mattermost
  secrets  makes .env from .env.example, with random secrets

  --only keycloak,gitea,…  these services alone
  --output <folder>        folder of portal.env and contract.env (default: generated)
  --directory <folder>     with secrets: folder of .env.example (default: .)`;

/**
 * Reads the command line.
 *
 * @throws BootstrapError naming what is wrong
 */
export function readArguments(argv: string[]): Arguments | 'help' {
  let parsed;
  try {
    parsed = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        only: { type: 'string' },
        output: { type: 'string', default: 'generated' },
        directory: { type: 'string', default: '.' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new BootstrapError(`${(error as Error).message}\n\n${HELP}`);
  }
  const { values, positionals } = parsed;
  if (values.help) return 'help';
  const [word = 'apply', ...rest] = positionals;
  const command = COMMANDS.find(known => known === word);
  if (!command || rest.length > 0) {
    throw new BootstrapError(
      `There is no command "${positionals.join(' ')}"\n\n${HELP}`,
    );
  }
  const services = (values.only?.split(',') ?? [...SERVICES]).map(name => {
    const service = SERVICES.find(known => known === name.trim());
    if (!service) {
      throw new BootstrapError(
        `--only knows ${SERVICES.join(', ')}; "${name}" is none of them`,
      );
    }
    return service;
  });
  return {
    command,
    services,
    output: resolve(values.output),
    directory: resolve(values.directory),
  };
}
