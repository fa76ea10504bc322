import { spawn } from 'node:child_process';
import { prepare } from './launch/prepare.mjs';
import { root } from './launch/paths.mjs';
import { main } from './launch/problem.mjs';
import { toolchainEnvironment } from './launch/toolchain.mjs';

await main(async () => {
  const { node, yarn } = await prepare();
  const child = spawn(
    node,
    [
      yarn,
      'workspace',
      '@formulary/sandbox',
      'test',
      '--watch=false',
      '--testPathPatterns',
      'contract',
      ...process.argv.slice(2),
    ],
    { cwd: root, env: toolchainEnvironment(), stdio: 'inherit' },
  );
  return new Promise(resolve => child.once('exit', code => resolve(code ?? 1)));
});
