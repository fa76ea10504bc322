import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from '../launch/paths.mjs';

/**
 * A Backstage of the stock plugins only, as a monorepo of its own. It lies in
 * the repository, where its packages find the same dependencies as ours, and
 * has a root of its own, because Backstage collects the configuration schemas
 * of every package of the monorepo that it runs in.
 */
export const bareRoot = join(root, 'tools/bench/dist/bare');

const OURS = /^(@formulary\/|\.)/;

/** What takes the place of a package of ours in the bare backend. */
const STOCK_INSTEAD = {
  '@formulary/plugin-auth-backend-module-organization-sign-in':
    '@backstage/plugin-auth-backend-module-oidc-provider',
};

/** Our list of features, without ours. */
export function bareBackendSource(source) {
  const features = [...source.matchAll(/import\('([^']+)'\)/g)]
    .map(([, name]) => STOCK_INSTEAD[name] ?? name)
    .filter(name => !OURS.test(name));
  return [
    `import { createBackend } from '@backstage/backend-defaults';`,
    'const backend = createBackend();',
    ...features.map(name => `backend.add(import('${name}'));`),
    'backend.start();',
    '',
  ].join('\n');
}

/** Our app's list of plugins, without ours and without modules of the app. */
export function bareAppSource(source) {
  const plugins = [
    ...source.matchAll(/^import (\w+) from '([^']+)';/gm),
  ].filter(([, , from]) => !OURS.test(from));
  return [
    `import '@backstage/ui/css/styles.css';`,
    `import { createApp } from '@backstage/frontend-defaults';`,
    `import ReactDOM from 'react-dom/client';`,
    ...plugins.map(([statement]) => statement),
    `const app = createApp({ features: [${plugins
      .map(([, name]) => name)
      .join(', ')}] });`,
    `ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());`,
    '',
  ].join('\n');
}

/** A package of ours, renamed and without dependencies on packages of ours. */
function barePackage(name) {
  const stock = dependencies =>
    Object.fromEntries(
      Object.entries(dependencies ?? {}).filter(
        ([dependency, range]) =>
          !OURS.test(dependency) && !range.startsWith('link:'),
      ),
    );
  const { dependencies, devDependencies, ...rest } = JSON.parse(
    readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'),
  );
  return {
    ...rest,
    name: `bare-${name}`,
    repository: undefined,
    // Its file is of ours, too.
    configSchema: undefined,
    dependencies: stock(dependencies),
    devDependencies: stock(devDependencies),
  };
}

/** Writes the bare Backstage, anew. */
export function writeBare() {
  rmSync(bareRoot, { recursive: true, force: true });
  const write = (path, content) => {
    mkdirSync(join(bareRoot, path, '..'), { recursive: true });
    writeFileSync(join(bareRoot, path), content);
  };
  const ours = path => readFileSync(join(root, path), 'utf8');
  const json = value => `${JSON.stringify(value, null, 2)}\n`;

  write(
    'package.json',
    json({ name: 'bare', private: true, workspaces: ['packages/*'] }),
  );
  for (const file of ['yarn.lock', 'tsconfig.json', 'backstage.json'])
    write(file, ours(file));
  write('app-config.yaml', 'app:\n  baseUrl: http://localhost\n');
  write('packages/backend/package.json', json(barePackage('backend')));
  write(
    'packages/backend/src/index.ts',
    bareBackendSource(ours('packages/backend/src/index.ts')),
  );
  write('packages/app/package.json', json(barePackage('app')));
  write(
    'packages/app/src/index.tsx',
    bareAppSource(ours('packages/app/src/App.tsx')),
  );
  // As a package manager links them: by name, Backstage finds their schemas.
  mkdirSync(join(bareRoot, 'node_modules'));
  for (const name of ['app', 'backend']) {
    symlinkSync(
      join(bareRoot, 'packages', name),
      join(bareRoot, 'node_modules', `bare-${name}`),
      'junction',
    );
  }
  cpSync(
    join(root, 'packages/app/public'),
    join(bareRoot, 'packages/app/public'),
    { recursive: true },
  );
}
