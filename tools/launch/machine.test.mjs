import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNode } from './launch.mjs';
import { checkDisk, checkGit, checkPostgresUser } from './machine.mjs';

const fails = () => {
  throw new Error('ENOENT');
};

test('an old Node.js gets one clear sentence', () => {
  assert.throws(
    () => checkNode('16.20.0'),
    /16\.20\.0 is too old\. Install Node\.js 18/,
  );
  checkNode('18.0.0');
  checkNode('24.1.0');
});

test('a machine without git is told to install it', () => {
  assert.throws(() => checkGit(fails), /git was not found\. Install git/);
});

test('a disk too full for the first installation is told with what is free and what is needed', async () => {
  await assert.rejects(
    checkDisk({
      read: async () => ({ bavail: 250_000, bsize: 4096 }),
      installed: false,
    }),
    /1\.0 GB free and 4\.0 GB are needed/,
  );
});

test('a later start needs less room than the first', async () => {
  await checkDisk({
    read: async () => ({ bavail: 250_000, bsize: 4096 }),
    installed: true,
  });
});

test('a Node.js that can not tell the free room is no obstacle', async () => {
  await checkDisk({ read: undefined, installed: false });
});

test('root without a system user for PostgreSQL is told what to do', () => {
  assert.throws(
    () => checkPostgresUser({ isRoot: true, execute: fails }),
    /Start as a normal user, or add the user "postgres"/,
  );
  checkPostgresUser({ isRoot: true, execute: () => {} });
  checkPostgresUser({ isRoot: false, execute: fails });
});
