import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readmeExample,
  ScriptedServer,
} from '@formulary/service-client-test-utils';
import { ensureRepository } from './__testUtils__/readmeExample';
import { GiteaClient } from './GiteaClient';

describe('the example of the README', () => {
  const server = new ScriptedServer();

  afterEach(() => server.stop());

  it('is the one that is run here', () => {
    const run = readFileSync(
      join(__dirname, '__testUtils__/readmeExample.ts'),
      'utf8',
    );
    expect(readmeExample(join(__dirname, '../README.md'))).toBe(
      run.replace('../index', '@formulary/plugin-gitea-node'),
    );
  });

  it('works', async () => {
    const repository = {
      id: 1,
      name: 'orbit',
      full_name: 'alice/orbit',
      owner: { login: 'alice' },
      private: true,
      empty: true,
      default_branch: 'main',
      html_url: 'https://git.example.com/alice/orbit',
      clone_url: 'https://git.example.com/alice/orbit.git',
    };
    server.turns = [
      { status: 404, body: '{"message":"not found","url":""}' },
      { status: 201, body: JSON.stringify(repository) },
    ];
    const gitea = new GiteaClient({
      baseUrl: await server.start(),
      token: 'token',
      username: 'bot',
      oauthSourceId: 1,
    });
    await expect(
      ensureRepository(gitea, 'alice', 'orbit'),
    ).resolves.toMatchObject({ full_name: 'alice/orbit' });
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v1/repos/alice/orbit',
      'POST /api/v1/admin/users/alice/repos',
    ]);
  });
});
