import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { listenerOf } from './listeners.mjs';
import { checkPorts, describePorts, isFree } from './ports.mjs';

let server;
let port;

before(async () => {
  server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  port = server.address().port;
});

after(() => server.close());

test('a port in use is named with what needs it and who has it', async () => {
  assert.equal(await isFree(port), false);
  await assert.rejects(
    checkPorts({ 'the portal': port }, () => ({
      pid: 12,
      command: '/usr/sbin/nginx -g x',
    })),
    new RegExp(
      `in use: ${port} for the portal \\(by nginx, process 12\\)\\. Stop what listens`,
    ),
  );
});

test('a port whose owner is unknown is still named', async () => {
  await assert.rejects(
    checkPorts({ 'the portal': port }, () => undefined),
    new RegExp(`in use: ${port} for the portal\\. Stop what listens`),
  );
});

test('a portal that runs already is recognised', async () => {
  await assert.rejects(
    checkPorts({ 'the portal': port }, () => ({
      pid: 12,
      command: 'node packages/backend/src/index.ts',
    })),
    /Formulary is running already \(processes 12\)/,
  );
});

test('a portal that runs is nothing wrong, but a stranger on its port is', async () => {
  assert.equal(
    await describePorts({ 'the portal': port }, () => ({
      pid: 12,
      command: 'node packages/backend/src/index.ts',
    })),
    'Formulary is running (processes 12).',
  );
  await assert.rejects(
    describePorts({ 'the portal': port }, () => ({
      pid: 12,
      command: '/usr/sbin/nginx',
    })),
    /in use/,
  );
});

test(
  'the process that listens on a port is found',
  { skip: process.platform === 'win32' },
  () => {
    assert.equal(listenerOf(port).pid, process.pid);
  },
);

test('a port is free when nobody listens', async () => {
  const passing = createServer();
  await new Promise(resolve => passing.listen(0, resolve));
  const { port: other } = passing.address();
  assert.equal(await isFree(other), false);
  await new Promise(resolve => passing.close(resolve));
  assert.equal(await isFree(other), true);
  await checkPorts({ 'the portal': other });
  assert.equal(await describePorts({ 'the portal': other }), undefined);
});
