import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolchain } from './paths.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const KEYCLOAK_VERSION = '26.4.0';

/** The release of p2-inc/keycloak-events that is built against Keycloak 26.4. It is fetched for tests and never shipped. */
const EVENTS_VERSION = '0.50';

/** Keycloak 26.4 runs on 17 (deprecated) and 21. */
const OLDEST_JAVA = 17;

/** Where Keycloak is kept, complete once the folder is there. */
export const keycloakHome = join(
  toolchain,
  `keycloak-${KEYCLOAK_VERSION}-events-${EVENTS_VERSION}`,
);

/** Major version in what `java -version` prints; undefined when there is none. */
export function javaMajor(printed) {
  const [, first, second] = printed.match(/version "(\d+)(?:\.(\d+))?/) ?? [];
  // Java 8 calls itself 1.8.
  return first === undefined
    ? undefined
    : Number(first === '1' ? second : first);
}

/** What a program prints about its version; undefined when it is not there. */
async function versionOf(program, flag) {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [flag]);
    return stdout + stderr;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES') return undefined;
    throw error;
  }
}

/** Why this machine can't run Keycloak; undefined when it can. */
async function obstacle() {
  if (process.platform === 'win32') return 'it is not prepared for Windows';
  const { JAVA_HOME } = process.env;
  const java = await versionOf(
    JAVA_HOME ? join(JAVA_HOME, 'bin/java') : 'java',
    '-version',
  );
  if (java === undefined) return 'there is no Java';
  if (!(javaMajor(java) >= OLDEST_JAVA)) {
    return `Java is older than ${OLDEST_JAVA}`;
  }
  if ((await versionOf('mvn', '--version')) === undefined) {
    return 'there is no Maven (mvn)';
  }
  return undefined;
}

/**
 * Runs a goal of Maven's dependency plugin in the folder that it fills, where it
 * leaves its marks; a file whose checksum is not the registry's fails it.
 */
const maven = (goal, artifact, directory) =>
  run(
    `maven-${goal}`,
    'mvn',
    [
      '--batch-mode',
      '--strict-checksums',
      `dependency:${goal}`,
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${directory}`,
    ],
    { cwd: directory, reasonOf: () => `Maven could not fetch ${artifact}.` },
  );

/** Where Keycloak is until it is complete. */
const draft = `${keycloakHome}.new`;
const unpacked = join(draft, `keycloak-${KEYCLOAK_VERSION}`);

/** Fetches Keycloak and the extension that sends webhooks from the Maven registry. */
async function download() {
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  await maven(
    'unpack',
    `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`,
    draft,
  );
  await maven(
    'copy',
    `io.phasetwo.keycloak:keycloak-events:${EVENTS_VERSION}:jar`,
    join(unpacked, 'providers'),
  );
}

/** Builds the extension and the choice of database into Keycloak, which shortens every start. */
async function build() {
  await run('keycloak-build', 'bash', [
    join(unpacked, 'bin/kc.sh'),
    'build',
    '--db=dev-mem',
  ]);
  renameSync(unpacked, keycloakHome);
  rmSync(draft, { recursive: true });
}

/**
 * Makes sure of a Keycloak for tests.
 *
 * @param mustFetch - whether a registry that can't be reached is a failure, as in CI
 * @returns why there is none, for a person; undefined when it is at `keycloakHome`
 * @throws Problem when it must be fetched and can't, or is broken
 */
export async function ensureKeycloak({
  mustFetch = Boolean(process.env.CI),
} = {}) {
  const reason = await obstacle();
  if (reason || existsSync(keycloakHome)) return reason;
  try {
    await step(`Fetching Keycloak ${KEYCLOAK_VERSION}`, download);
  } catch (error) {
    if (mustFetch || !(error instanceof Problem)) throw error;
    return error.message.split('.\n')[0];
  }
  await step(`Building Keycloak ${KEYCLOAK_VERSION}`, build);
  return undefined;
}
