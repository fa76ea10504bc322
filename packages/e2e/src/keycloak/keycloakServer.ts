import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realmImport, type SandboxCredentials } from '@formulary/sandbox';
import { Program } from '../program';
import { packageDirectory } from '../sandbox';
import { KEYCLOAK_PORT, keycloakUrl } from './ports';
import { logFile } from './sandbox';

/** The Keycloak that the launcher fetched and built (`tools/launch/keycloak.mjs`). */
function keycloakHome(): string {
  const home = process.env.FORMULARY_KEYCLOAK_HOME;
  if (!home || !existsSync(home)) {
    throw new Error(
      'FORMULARY_KEYCLOAK_HOME names no folder with Keycloak. "yarn test:keycloak" in the root of the repository fetches it and starts these journeys',
    );
  }
  return home;
}

/** Starts Keycloak with an empty database in memory and imports the sandbox's realm. */
export async function startKeycloak(
  credentials: SandboxCredentials,
): Promise<Program> {
  const home = keycloakHome();
  // The one folder that `--import-realm` reads.
  const imports = join(home, 'data/import');
  rmSync(imports, { recursive: true, force: true });
  mkdirSync(imports, { recursive: true });
  const realmFile = join(imports, 'formulary-realm.json');
  writeFileSync(realmFile, JSON.stringify(realmImport(credentials)), {
    mode: 0o600,
  });
  try {
    const program = Program.start({
      name: 'Keycloak',
      args: [
        join(packageDirectory, 'src/keycloak/keycloakProcess.cjs'),
        'bash',
        join(home, 'bin/kc.sh'),
        ...['start', '--optimized', '--import-realm', '--cache=local'],
        ...['--http-enabled=true', '--http-host=127.0.0.1'],
        `--http-port=${KEYCLOAK_PORT}`,
        `--hostname=${keycloakUrl}`,
      ],
      cwd: home,
      env: {
        JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
        // It runs for minutes: the slower compiler is never worth its time.
        JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
      },
      logFile: logFile('keycloak'),
      ownGroup: true,
    });
    await program.waitForUrl(credentials.services.keycloak.issuer);
    return program;
  } finally {
    // It holds the passwords and secrets of this run.
    rmSync(realmFile);
  }
}
