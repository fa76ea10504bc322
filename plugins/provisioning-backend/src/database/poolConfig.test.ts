import knexFactory from 'knex';
import { poolConfig } from './poolConfig';

const options = { max: 3, applicationName: 'test' };

describe('poolConfig', () => {
  it('takes over the database and the password of the client', async () => {
    const knex = knexFactory({
      client: 'pg',
      connection: { host: 'db.example', database: 'plugin', password: 'p' },
    });
    await expect(poolConfig(knex, options)).resolves.toMatchObject({
      host: 'db.example',
      database: 'plugin',
      password: 'p',
      max: 3,
      application_name: 'test',
    });
    await knex.destroy();
  });

  it('asks for a new password for each connection where passwords expire', async () => {
    let given = 0;
    const knex = knexFactory({
      client: 'pg',
      connection: async () => {
        given += 1;
        return { host: 'db.example', password: `password-${given}` };
      },
    });
    const { password } = await poolConfig(knex, options);
    if (typeof password !== 'function') throw new Error('not a function');
    expect(await password()).toBe('password-2');
    expect(await password()).toBe('password-3');
    await knex.destroy();
  });
});
