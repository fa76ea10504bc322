import type { SandboxCredentials } from '../core/credentials';
import type { ServiceName } from '../core/options';
import { TestSandbox } from '../testUtils';

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
  const sandbox = await TestSandbox.start({
    services: [...new Set<ServiceName>(['keycloak', service])],
  });
  const { credentials } = sandbox;
  const own = credentials.services[service];
  return {
    sandbox: true,
    url: own.url,
    token: 'token' in own ? own.token : '',
    settings: {},
    credentials,
    stop: () => sandbox.stop(),
  };
}
