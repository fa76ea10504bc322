import { sandbox } from '../launch/paths.mjs';
import { Program } from '../launch/program.mjs';

/**
 * Starts the sandbox of a benchmark and waits until it answers.
 *
 * @param portBase - first port of its block
 * @param portalPort - port of the backend that is measured
 */
export async function startSandbox(portBase, portalPort) {
  const program = new Program(
    'sandbox',
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'packages/sandbox/src/main.ts',
      ...['--directory', sandbox],
      ...['--port-base', String(portBase)],
      ...['--portal-port', String(portalPort)],
    ],
    { env: process.env },
  );
  await program.printed('sandbox ready');
  return program;
}
