import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readmeExample,
  ScriptedServer,
} from '@formulary/service-client-test-utils';
import { startWorkspace } from './__testUtils__/readmeExample';
import { CoderClient } from './CoderClient';

describe('the example of the README', () => {
  const server = new ScriptedServer();

  afterEach(() => server.stop());

  it('is the one that is run here', () => {
    const run = readFileSync(
      join(__dirname, '__testUtils__/readmeExample.ts'),
      'utf8',
    );
    expect(readmeExample(join(__dirname, '../README.md'))).toBe(
      run.replace('../index', '@formulary/plugin-coder-node'),
    );
  });

  it('works', async () => {
    const build = {
      id: 'b',
      build_number: 2,
      transition: 'start',
      status: 'running',
      template_version_id: 'v',
      job: { id: 'j', status: 'succeeded', file_id: 'f' },
      resources: [
        {
          agents: [
            {
              id: 'a',
              name: 'main',
              status: 'connected',
              lifecycle_state: 'ready',
              apps: [
                { id: 'p', slug: 'preview', external: false, subdomain: false },
              ],
            },
          ],
        },
      ],
    };
    const workspace = {
      id: 'w',
      name: 'orbit',
      owner_id: 'u',
      owner_name: 'alice',
      template_id: 't',
      template_name: 't',
      latest_build: build,
      last_used_at: '2026-01-01T00:00:00Z',
    };
    const line = {
      id: 1,
      created_at: '2026-01-01T00:00:00Z',
      log_source: 'provisioner',
      log_level: 'info',
      stage: 'Starting workspace',
      output: 'Apply complete!',
    };
    server.turns = [workspace, build, build, [line], workspace].map(body => ({
      status: 200,
      body: JSON.stringify(body),
    }));
    const coder = new CoderClient({
      baseUrl: await server.start(),
      token: 'token',
      accessUrl: 'https://coder.example.com',
    });
    const lines: string[] = [];
    await expect(
      startWorkspace(coder, 'alice', 'orbit', text => lines.push(text)),
    ).resolves.toEqual({
      preview: 'https://coder.example.com/@alice/orbit.main/apps/preview',
    });
    expect(lines).toEqual(['Apply complete!']);
  });
});
