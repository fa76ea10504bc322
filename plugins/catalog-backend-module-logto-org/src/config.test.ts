import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readProviderConfigs } from './config';

const logto = {
  endpoint: 'https://logto.example',
  appId: 'formulary',
  appSecret: 'secret',
};

function read(provider?: JsonObject) {
  const providers = provider ? { logtoOrg: { main: provider } } : {};
  return readProviderConfigs(
    mockServices.rootConfig({ data: { catalog: { providers } } }),
  );
}

describe('readProviderConfigs', () => {
  it('reads nothing where there is nothing', () => {
    expect(read()).toEqual([]);
  });

  it('fills in what is left out', () => {
    expect(read(logto)).toEqual([
      {
        ...logto,
        id: 'main',
        pageSize: 100,
        concurrency: 4,
        roles: true,
        removals: { maxPercent: 10, minimum: 5 },
        notify: [],
        schedule: { frequency: { minutes: 5 }, timeout: { minutes: 15 } },
      },
    ]);
  });

  it.each([
    [{ endpoint: 'logto' }, 'main.endpoint'],
    [{ pageSize: 101 }, 'main.pageSize'],
    [{ realmRoles: true }, 'realmRoles'],
  ])('names the key that is wrong in %j', (change, key) => {
    expect(() => read({ ...logto, ...change })).toThrow(key);
  });
});
