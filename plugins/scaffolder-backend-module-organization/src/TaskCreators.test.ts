import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { randomUUID } from 'node:crypto';
import knexFactory, { Knex } from 'knex';
import { TaskCreators } from './TaskCreators';

jest.setTimeout(60_000);

const ACME = 'group:default/acme';
const GLOBEX = 'group:default/globex';

describe('TaskCreators', () => {
  let postgres: TestPostgres;
  let client: Knex;
  let creators: TaskCreators;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    client = knexFactory({
      client: 'pg',
      connection: { ...postgres.connection, database: 'postgres' },
    });
    await client.migrate.latest({
      directory: resolvePackagePath(
        '@backstage/plugin-scaffolder-backend',
        'migrations',
      ),
    });
  });
  afterAll(async () => {
    await client.destroy();
    await postgres.stop();
  });
  beforeEach(async () => {
    await client('tasks').delete();
    creators = new TaskCreators({ getClient: async () => client });
  });

  async function start(name: string | null, organization?: string, ago = 0) {
    const annotations = { 'formulary.dev/organization': organization };
    await client('tasks').insert({
      id: randomUUID(),
      status: 'open',
      created_by: name && `user:default/${name}`,
      created_at: new Date(Date.now() - ago),
      spec: JSON.stringify({
        parameters: { text: '\u0000 \\u0000 \ud800 \\\ud800' },
        user: { entity: organization && { metadata: { annotations } } },
      }),
    });
  }

  it('are of the organisation that they were in', async () => {
    await start('bob', ACME);
    await start('bob', ACME);
    await start('hugo', GLOBEX);
    await start('gina', 'Group:default/Globex');
    await expect(creators.of([ACME])).resolves.toEqual(['user:default/bob']);
    const ofGlobex = await creators.of([GLOBEX]);
    expect(ofGlobex.sort()).toEqual(['user:default/gina', 'user:default/hugo']);
    await expect(creators.of([])).resolves.toEqual([]);
  });

  it('are of no organisation when nothing says of which', async () => {
    await start('bob');
    await start(null, ACME);
    await expect(creators.of([ACME])).resolves.toEqual([]);
  });

  it('are of theirs although they started something before the catalog knew them', async () => {
    await start('bob');
    await start('bob', ACME);
    await expect(creators.of([ACME])).resolves.toEqual(['user:default/bob']);
  });

  it('are nobody’s any more once they have tasks of another organisation', async () => {
    await start('bob', ACME, 3_600_000);
    await expect(creators.of([ACME])).resolves.toEqual(['user:default/bob']);
    await start('bob', GLOBEX);
    await expect(creators.of([ACME])).resolves.toEqual([]);
    await expect(creators.of([GLOBEX])).resolves.toEqual([]);
    await expect(creators.of([ACME, GLOBEX])).resolves.toHaveLength(1);
  });

  it('are read once', async () => {
    await start('bob', ACME, 3_600_000);
    await start('carol', ACME);
    await creators.of([ACME]);
    await client('tasks').update({ spec: '{}' });
    await start('hugo', GLOBEX);
    const queries: string[] = [];
    const note = ({ sql }: { sql: string }) => queries.push(sql);
    client.on('query', note);
    await expect(creators.of([ACME])).resolves.toEqual([
      'user:default/bob',
      'user:default/carol',
    ]);
    client.off('query', note);
    expect(queries).toHaveLength(1);
  });

  it('fail when the table cannot be read, and tell nobody', async () => {
    const failing = new TaskCreators({
      getClient: async () => {
        throw new Error('no database');
      },
    });
    await expect(failing.of([ACME])).rejects.toThrow('no database');
  });
});
