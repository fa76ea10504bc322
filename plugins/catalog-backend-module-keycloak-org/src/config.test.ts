import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readProviderConfigs } from './config';

const keycloak = {
  baseUrl: 'https://keycloak.example',
  realm: 'acme',
  clientId: 'formulary',
  clientSecret: 'secret',
};

function read(provider?: JsonObject) {
  return readProviderConfigs(
    mockServices.rootConfig({
      data: {
        catalog: {
          providers: provider ? { keycloakOrg: { main: provider } } : {},
        },
      },
    }),
  );
}

describe('readProviderConfigs', () => {
  it('reads nothing where there is nothing', () => {
    expect(read()).toEqual([]);
  });

  it('fills in what is left out', () => {
    expect(read(keycloak)).toEqual([
      {
        ...keycloak,
        id: 'main',
        loginRealm: 'acme',
        pageSize: 100,
        concurrency: 4,
        realmRoles: true,
        removals: { maxPercent: 10, minimum: 5 },
        notify: [],
        schedule: { frequency: { minutes: 5 }, timeout: { minutes: 15 } },
      },
    ]);
  });

  it.each([
    [{ baseUrl: 'keycloak' }, 'main.baseUrl'],
    [{ pageSize: 0 }, 'main.pageSize'],
    [{ removals: { maxPercent: 200 } }, 'main.removals.maxPercent'],
    [{ userQuerySize: 5 }, 'userQuerySize'],
  ])('names the key that is wrong in %j', (change, key) => {
    expect(() => read({ ...keycloak, ...change })).toThrow(key);
  });
});
