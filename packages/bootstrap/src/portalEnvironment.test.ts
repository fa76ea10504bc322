import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contractVariables, PORTAL_VARIABLES } from './portalEnvironment';

const root = dirname(require.resolve('../../../package.json'));

describe('the environment of the portal', () => {
  it('has every variable of app-config.production.yaml, and no other', () => {
    const config = readFileSync(
      join(root, 'app-config.production.yaml'),
      'utf8',
    );
    const used = [...config.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual([...PORTAL_VARIABLES].sort());
  });

  it('gives the contract suite what it knows, and nothing it does not', () => {
    expect(
      contractVariables({
        GITEA_URL: 'http://git',
        GITEA_OAUTH_SOURCE_ID: '2',
      }),
    ).toEqual({
      FORMULARY_CONTRACT_GITEA_URL: 'http://git',
      FORMULARY_CONTRACT_GITEA_SOURCE: '2',
    });
  });
});
