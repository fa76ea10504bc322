import { existsSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { greeting } from './greeting.mjs';
import { checkPorts } from './machine.mjs';
import { sandbox } from './paths.mjs';
import { buildFrontend, prepare } from './prepare.mjs';
import { main } from './problem.mjs';
import { step } from './progress.mjs';
import { startBackend, startSandbox } from './stack.mjs';

/** Shows a warning or an error of the backend on one line; the log has the rest. */
function showTrouble(line) {
  const plain = line.replace(/\u001b\[[0-9;]*m/g, '');
  const found = plain.match(/^\S+ (\S+) (warn|error) (.*)$/);
  if (found)
    process.stdout.write(
      `  ${found[2]} ${found[1]}: ${found[3].slice(0, 200)}\n`,
    );
}

await main(async () => {
  const { values } = parseArgs({ options: { reset: { type: 'boolean' } } });
  await checkPorts();
  if (values.reset && existsSync(sandbox)) {
    await step('Forgetting the data of the sandbox', async () =>
      rmSync(sandbox, { recursive: true }),
    );
  }
  const paths = await prepare();
  await buildFrontend(paths);

  const programs = [];
  let interrupted;
  const interruption = new Promise(resolve => {
    interrupted = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, interrupted);

  const start = async () => {
    const box = startSandbox(paths);
    programs.push(box);
    await step('Starting the sandbox', () => box.printed('sandbox ready'));
    const backend = startBackend(paths, showTrouble);
    programs.push(backend);
    await step('Starting the portal', () =>
      backend.answers('http://localhost:7007/.backstage/health/v1/readiness'),
    );
    process.stdout.write(greeting());
    // Either of them ending by itself is a failure.
    await Promise.race(
      programs.map(program => program.printed(Symbol('never'))),
    );
  };

  try {
    await Promise.race([start(), interruption]);
  } finally {
    process.stdout.write('\nStopping …\n');
    for (const program of programs.reverse()) await program.stop();
  }
});
