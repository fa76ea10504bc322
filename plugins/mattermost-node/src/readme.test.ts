import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readmeExample,
  ScriptedServer,
} from '@formulary/service-client-test-utils';
import { announce } from './__testUtils__/readmeExample';
import { MattermostClient } from './MattermostClient';

describe('the example of the README', () => {
  const server = new ScriptedServer();

  afterEach(() => server.stop());

  it('is the one that is run here', () => {
    const run = readFileSync(
      join(__dirname, '__testUtils__/readmeExample.ts'),
      'utf8',
    );
    expect(readmeExample(join(__dirname, '../README.md'))).toBe(
      run.replace('../index', '@formulary/plugin-mattermost-node'),
    );
  });

  it('works', async () => {
    const channel = {
      id: 'c',
      team_id: 't',
      name: 'news',
      display_name: 'news',
      type: 'O',
      purpose: '',
      delete_at: 0,
    };
    const missing = 'app.channel.get_by_name.missing.app_error';
    const taken = 'store.sql_channel.save_channel.exists.app_error';
    const turn = (status: number, body: object) => ({
      status,
      body: JSON.stringify(body),
    });
    server.turns = [
      turn(200, {
        id: 't',
        name: 'acme',
        display_name: 'Acme',
        type: 'I',
        delete_at: 0,
      }),
      turn(404, { id: missing, message: 'none' }),
      turn(400, { id: taken, message: 'taken' }),
      turn(200, channel),
      turn(201, {
        id: 'p',
        channel_id: 'c',
        user_id: 'u',
        message: 'Hello',
        create_at: 1,
        delete_at: 0,
      }),
    ];
    const mattermost = new MattermostClient({
      baseUrl: await server.start(),
      token: 'token',
      sso: { mode: 'openid', idAttribute: 'mattermostId' },
    });
    await expect(
      announce(mattermost, { team: 'acme', channel: 'news' }, 'Hello'),
    ).resolves.toBe('p');
    expect(server.seen).toHaveLength(5);
  });
});
