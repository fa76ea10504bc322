import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { toolchainEnvironment, toolchainPaths } from './toolchain.mjs';

/** Variables of a file of `NAME=value` lines. */
function variables(file) {
  return Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => /^[A-Z]/.test(line))
      .map(line => [
        line.slice(0, line.indexOf('=')),
        line.slice(line.indexOf('=') + 1),
      ]),
  );
}

/**
 * A check of every overlay against the schemas of all packages.
 *
 * @param sandbox - folder with the `credentials.json` that the sandbox's overlay reads
 */
export function configChecks(sandbox) {
  const { node, yarn } = toolchainPaths();
  const checkOf = (overlay, env) => ({
    title: `configuration ${overlay}`,
    check: () =>
      run(
        `config-${overlay}`,
        node,
        [
          yarn,
          'backstage-cli',
          'config:check',
          '--strict',
          '--package',
          'backend',
          '--config',
          'app-config.yaml',
          '--config',
          `app-config.${overlay}.yaml`,
        ],
        { env: toolchainEnvironment(env) },
      ),
  });
  return [
    checkOf('sandbox', { FORMULARY_SANDBOX: sandbox }),
    checkOf('production', variables(join(root, 'tools/config-check.env'))),
  ];
}
