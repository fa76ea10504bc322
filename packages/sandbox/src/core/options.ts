import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The stand-ins, in the order in which they start: the identity provider first. */
export const SERVICE_NAMES = [
  'keycloak',
  'gitea',
  'coder',
  'mattermost',
  'twenty',
] as const;

/** Name of one stand-in. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** What a sandbox is started with. */
export interface SandboxOptions {
  /** Absolute folder that holds every bit of state, ignored by git. */
  directory: string;
  /**
   * First port of a block of 33: Keycloak is +1 … Twenty +5, control +6,
   * PostgreSQL +32. The default, 7200, gives 7201–7206 and 7232.
   */
  portBase: number;
  /** Port of the portal that the stand-ins redirect to and send webhooks to. */
  portalPort: number;
  /** Which stand-ins to start. */
  services: ServiceName[];
  /** Address of a Keycloak that runs elsewhere and stands where the stand-in would. */
  keycloakUrl?: string;
  /** Whether to start the embedded PostgreSQL. */
  postgres: boolean;
  /** Make `credentials.json` and end. */
  credentialsOnly: boolean;
  /** Stop when standard input ends, so that no sandbox outlives its parent. */
  stopWithParent: boolean;
}

/** Port of a part of the sandbox, from its port block. */
export function portOf(
  part: ServiceName | 'control' | 'postgres',
  portBase: number,
): number {
  if (part === 'control') return portBase + 6;
  if (part === 'postgres') return portBase + 32;
  return portBase + 1 + SERVICE_NAMES.indexOf(part);
}

function httpUrl(value: string | undefined, flag: string) {
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Error(`--${flag} wants an http(s) address, not "${value}"`);
  }
  return url.href.replace(/\/$/, '');
}

function port(value: string | undefined, fallback: number, flag: string) {
  if (value === undefined) return fallback;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 1024 || parsed > 65000) {
    throw new Error(
      `--${flag} wants a port between 1024 and 65000, not "${value}"`,
    );
  }
  return parsed;
}

/**
 * Reads the command line of `sandbox`.
 *
 * @throws Error naming the flag that is wrong
 */
export function parseOptions(
  argv: string[],
  repositoryRoot: string,
): SandboxOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      directory: { type: 'string' },
      'port-base': { type: 'string' },
      'portal-port': { type: 'string' },
      only: { type: 'string' },
      'keycloak-url': { type: 'string' },
      'no-postgres': { type: 'boolean' },
      'stop-with-parent': { type: 'boolean' },
      'credentials-only': { type: 'boolean' },
    },
  });
  const services = values.only
    ? values.only.split(',').map(name => {
        const known = SERVICE_NAMES.find(service => service === name.trim());
        if (!known) {
          throw new Error(
            `--only knows ${SERVICE_NAMES.join(
              ', ',
            )}; "${name}" is none of them`,
          );
        }
        return known;
      })
    : [...SERVICE_NAMES];
  const keycloakUrl = httpUrl(values['keycloak-url'], 'keycloak-url');
  return {
    directory: resolve(values.directory ?? resolve(repositoryRoot, '.sandbox')),
    portBase: port(values['port-base'], 7200, 'port-base'),
    portalPort: port(values['portal-port'], 7007, 'portal-port'),
    services: services.filter(name => !keycloakUrl || name !== 'keycloak'),
    keycloakUrl,
    postgres: !values['no-postgres'],
    stopWithParent: values['stop-with-parent'] ?? false,
    credentialsOnly: values['credentials-only'] ?? false,
  };
}
