import { checkPorts, PORTS } from './machine.mjs';
import { sandbox } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { main } from './problem.mjs';
import { Program } from './program.mjs';
import { step } from './progress.mjs';
import { startSandbox } from './stack.mjs';
import { toolchainEnvironment } from './toolchain.mjs';

const overlays = [
  'app-config.yaml',
  'app-config.sandbox.yaml',
  'app-config.development.yaml',
].flatMap(file => ['--config', `../../${file}`]);

await main(async () => {
  await checkPorts({ ...PORTS, 'the development server': 3000 });
  const paths = await prepare();

  let interrupted;
  const interruption = new Promise(resolve => {
    interrupted = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, interrupted);

  const programs = [startSandbox(paths)];
  const start = async () => {
    await step('Starting the sandbox', () =>
      programs[0].printed('sandbox ready'),
    );
    const env = toolchainEnvironment({ FORMULARY_SANDBOX: sandbox });
    for (const name of ['backend', 'app']) {
      programs.push(
        new Program(
          name,
          paths.node,
          [paths.yarn, 'workspace', name, 'start', ...overlays],
          {
            env,
            onLine: line => process.stdout.write(`${name.padEnd(8)}${line}\n`),
          },
        ),
      );
    }
    await Promise.race(
      programs.map(program => program.printed(Symbol('never'))),
    );
  };
  try {
    await Promise.race([start(), interruption]);
  } finally {
    for (const program of programs.reverse()) await program.stop();
  }
});
