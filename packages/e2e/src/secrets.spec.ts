import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { signIn } from './portal';
import { credentials, resultsDirectory } from './sandbox';

/** Every secret of the sandbox, by where it stands. People's passwords are theirs to type and not meant. */
function secrets(): Array<[string, string]> {
  const { portal, services, postgres } = credentials();
  const found: Array<[string, string]> = [];
  const collect = (path: string, value: unknown) => {
    if (typeof value === 'string') {
      if (/(token|secret|password)$/i.test(path)) found.push([path, value]);
    } else if (value && typeof value === 'object') {
      for (const [key, child] of Object.entries(value)) {
        collect(`${path}.${key}`, child);
      }
    }
  };
  collect('portal', portal);
  collect('services', services);
  collect('postgres', postgres);
  return found;
}

const leaksIn = (text: string) =>
  secrets()
    .filter(([, secret]) => text.includes(secret))
    .map(([path]) => path);

test('there are secrets to look for', () => {
  expect(secrets().length).toBeGreaterThanOrEqual(10);
});

test('no secret is in a log', () => {
  const logs = readdirSync(resultsDirectory).filter(name =>
    name.endsWith('.log'),
  );
  expect(logs).toEqual(expect.arrayContaining(['backend.log', 'sandbox.log']));
  for (const log of logs) {
    expect({
      log,
      leaks: leaksIn(readFileSync(join(resultsDirectory, log), 'utf8')),
    }).toEqual({ log, leaks: [] });
  }
});

test('no secret is in the database: task parameters, events, catalog, runs', async () => {
  const { postgres } = credentials();
  const connect = async (database: string) => {
    const client = new Client({ ...postgres, database });
    await client.connect();
    return client;
  };
  const root = await connect('postgres');
  const databases = await root.query<{ datname: string }>(
    `select datname from pg_database where datname like 'backstage_plugin_%'`,
  );
  await root.end();
  expect(databases.rows.length).toBeGreaterThan(3);

  const leaks: string[] = [];
  for (const { datname } of databases.rows) {
    const client = await connect(datname);
    const tables = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    for (const { schema, name } of tables.rows) {
      const rows = await client.query<{ row: string }>(
        `select t::text as row from "${schema}"."${name}" t`,
      );
      for (const { row } of rows.rows) {
        leaks.push(
          ...leaksIn(row).map(path => `${path} in ${datname}.${name}`),
        );
      }
    }
    await client.end();
  }
  expect(leaks).toEqual([]);
});

test('no secret reaches the browser', async ({ page }) => {
  const alice = credentials().people.find(
    ({ username }) => username === 'alice',
  )!;
  const leaks: string[] = [];
  const pending: Array<Promise<void>> = [];
  page.on('response', response => {
    if (response.status() >= 300 && response.status() < 400) return;
    pending.push(
      response
        .text()
        .catch(() => '') // A body that the browser has dropped already can't be read.
        .then(text => {
          leaks.push(
            ...leaksIn(text).map(path => `${path} in ${response.url()}`),
          );
        }),
    );
  });
  await signIn(page, alice);
  for (const path of ['/', '/formulas', '/catalog', '/create', '/settings']) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  }
  await Promise.all(pending);
  expect(leaks).toEqual([]);
});
