import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readmeExample,
  ScriptedServer,
} from '@formulary/service-client-test-utils';
import { importContacts } from './__testUtils__/readmeExample';
import { TwentyClient } from './TwentyClient';

describe('the example of the README', () => {
  const server = new ScriptedServer();

  afterEach(() => server.stop());

  it('is the one that is run here', () => {
    const run = readFileSync(
      join(__dirname, '__testUtils__/readmeExample.ts'),
      'utf8',
    );
    expect(readmeExample(join(__dirname, '../README.md'))).toBe(
      run.replace('../index', '@formulary/plugin-twenty-node'),
    );
  });

  it('works', async () => {
    server.turns = [
      { status: 200, body: '{"data":{"upserted":[{"id":"one"}]}}' },
    ];
    const baseUrl = await server.start();
    const twenty = new TwentyClient({
      baseUrl,
      token: 'key',
      frontUrl: baseUrl,
    });
    await expect(
      importContacts(twenty, [
        { email: 'ann@acme.example', firstName: 'Ann', lastName: 'Lee' },
      ]),
    ).resolves.toEqual(['one']);
    expect(JSON.parse(server.seen[0].body).variables).toEqual({
      data: [
        {
          emails: { primaryEmail: 'ann@acme.example' },
          name: { firstName: 'Ann', lastName: 'Lee' },
        },
      ],
    });
  });
});
