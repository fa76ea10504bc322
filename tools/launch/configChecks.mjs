import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeArguments } from './children.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { toolchainEnvironment, toolchainPaths } from './toolchain.mjs';

/** Variables of a file of `NAME=value` lines and comments. */
export function variables(text) {
  return Object.fromEntries(
    text
      .split('\n')
      .filter(line => /^[A-Z]/.test(line))
      .map(line => [
        line.slice(0, line.indexOf('=')),
        line.slice(line.indexOf('=') + 1),
      ]),
  );
}

/**
 * A check of every overlay against the configuration schemas of all packages,
 * as `{ title, check }`.
 *
 * @param sandbox - folder with the `credentials.json` that the sandbox's overlay reads
 */
export function configChecks(sandbox) {
  const { node, yarn } = toolchainPaths();
  const checkOf = (name, overlays, env) => ({
    title: `configuration of ${name}`,
    check: () =>
      run(
        `config-${name.replaceAll(' ', '-')}`,
        node,
        nodeArguments([
          yarn,
          'backstage-cli',
          'config:check',
          '--strict',
          ...['app-config.yaml', ...overlays].flatMap(file => [
            '--config',
            file,
          ]),
        ]),
        { env: toolchainEnvironment(env) },
      ),
  });
  const inSandbox = { FORMULARY_SANDBOX: sandbox };
  const inProduction = variables(
    readFileSync(join(root, 'tools/config-check.env'), 'utf8'),
  );
  return [
    checkOf('sandbox', ['app-config.sandbox.yaml'], inSandbox),
    checkOf(
      'development',
      ['app-config.sandbox.yaml', 'app-config.development.yaml'],
      inSandbox,
    ),
    checkOf('production', ['app-config.production.yaml'], inProduction),
    checkOf(
      'production with Logto',
      ['app-config.production.yaml', 'app-config.logto.yaml'],
      inProduction,
    ),
  ];
}
