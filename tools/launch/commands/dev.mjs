import { sandbox } from '../paths.mjs';
import { checkPorts, PORTS } from '../ports.mjs';
import { prepare } from '../prepare.mjs';
import { Program } from '../program.mjs';
import { step } from '../progress.mjs';
import { startSandbox } from '../stack.mjs';
import { toolchainEnvironment } from '../toolchain.mjs';

const overlays = [
  'app-config.yaml',
  'app-config.sandbox.yaml',
  'app-config.development.yaml',
].flatMap(file => ['--config', `../../${file}`]);

/** `yarn dev`: the sandbox, and backend and frontend from their sources with hot reload, until somebody stops it. */
export async function run() {
  await checkPorts({ ...PORTS, 'the development server': 3000 });
  const paths = await prepare();
  const box = await step('Starting the sandbox', () => startSandbox(paths));
  const programs = ['backend', 'app'].map(
    name =>
      new Program(
        name,
        paths.node,
        [paths.yarn, 'workspace', name, 'start', ...overlays],
        {
          env: toolchainEnvironment({ FORMULARY_SANDBOX: sandbox }),
          onLine: line => process.stdout.write(`${name.padEnd(7)} | ${line}\n`),
        },
      ),
  );
  await Promise.race([box, ...programs].map(program => program.failure));
}
