import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { WorkerLiveness } from './WorkerLiveness';

jest.setTimeout(60_000);

describe('WorkerLiveness', () => {
  it('frees the jobs of a pool that the database broke, once the database is back', async () => {
    const freed: string[][] = [];
    let away = false;
    const knex = knexFactory({ client: 'pg' });
    const table = {
      insert: () => table,
      onConflict: () => table,
      merge: async () => {
        if (away) throw new Error('the database system is shutting down');
      },
      whereRaw: () => table,
      where: () => table,
      delete: () => table,
      returning: async () => [],
    };
    const raw = async (_sql: string, [pools]: string[][]) => {
      if (away) throw new Error('the database system is shutting down');
      freed.push(pools);
    };
    const db = Object.assign(() => table, {
      raw,
      fn: knex.fn,
      transaction: async (work: (tx: unknown) => Promise<void>) => work(db),
    });
    const liveness = new WorkerLiveness(
      db as unknown as Knex,
      mockServices.logger.mock(),
      'a-process',
      { heartbeatMs: 20, deadAfterMs: 1_000 },
    );
    await liveness.start();
    await liveness.join('pool-1');

    away = true;
    await expect(liveness.leave('pool-1')).rejects.toThrow('shutting down');
    expect(freed).toEqual([]);

    away = false;
    await eventually(async () => freed.length > 0);
    expect(freed).toEqual([['pool-1']]);
    await liveness.stop();
  });
});
