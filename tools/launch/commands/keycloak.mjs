import { Child, nodeArguments } from '../children.mjs';
import { ensureKeycloak, keycloakHome } from '../keycloak.mjs';
import { buildFrontend, prepare } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { toolchainEnvironment } from '../toolchain.mjs';

/** `yarn test:keycloak [Playwright's own arguments]`: the journeys with a real Keycloak. */
export async function run() {
  const toolchain = await prepare();
  const reason = await ensureKeycloak();
  if (reason) {
    throw new Problem(
      `The journeys with a real Keycloak can't run: ${reason}.`,
    );
  }
  await buildFrontend(toolchain);
  const child = new Child(
    toolchain.node,
    nodeArguments([
      toolchain.yarn,
      'workspace',
      '@formulary/e2e',
      'test:keycloak',
      ...process.argv.slice(2),
    ]),
    {
      env: toolchainEnvironment({ FORMULARY_KEYCLOAK_HOME: keycloakHome }),
      stdio: ['inherit', 'inherit'],
    },
  );
  return (await child.ended) === 0 ? 0 : 1;
}
