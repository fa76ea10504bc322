import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import {
  checkDisk,
  checkGit,
  checkNode,
  checkPorts,
  isFree,
} from './machine.mjs';

const listening = () =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });

test('an old Node.js gets one clear sentence', () => {
  assert.throws(
    () => checkNode('16.20.0'),
    /16\.20\.0 is too old\. Install Node\.js 18/,
  );
  checkNode('18.0.0');
  checkNode('24.1.0');
});

test('a machine without git is told to install it', () => {
  assert.throws(
    () =>
      checkGit(() => {
        throw new Error('ENOENT');
      }),
    /git was not found\. Install git/,
  );
});

test('a full disk is told with what is free and what is needed', async () => {
  await assert.rejects(
    checkDisk(async () => ({ bavail: 100, bsize: 4096 })),
    /0\.0 GB free/,
  );
  await checkDisk(async () => ({ bavail: 10_000_000, bsize: 4096 }));
});

test('a port in use is named with what needs it', async () => {
  const server = await listening();
  const { port } = server.address();
  assert.equal(await isFree(port), false);
  await assert.rejects(
    checkPorts({ 'the portal': port }),
    new RegExp(`port ${port} \\(the portal\\)`),
  );
  await new Promise(resolve => server.close(resolve));
  assert.equal(await isFree(port), true);
  await checkPorts({ 'the portal': port });
});
