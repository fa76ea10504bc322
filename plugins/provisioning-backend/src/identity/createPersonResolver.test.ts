import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { createPersonResolver } from './createPersonResolver';

const keycloak = {
  baseUrl: 'https://keycloak.example',
  realm: 'acme',
  clientId: 'a',
  clientSecret: 'b',
};
const logto = { endpoint: 'https://logto.example', appId: 'a', appSecret: 'b' };

function create(provisioning: object) {
  return createPersonResolver({
    config: mockServices.rootConfig({
      data: { provisioning: JSON.parse(JSON.stringify(provisioning)) },
    }),
    database: {} as ProvisioningDatabase,
    catalog: catalogServiceMock(),
    auth: mockServices.auth(),
  });
}

describe('createPersonResolver', () => {
  it.each([
    ['Keycloak', { keycloak }, true],
    ['Logto', { logto }, true],
    ['nobody but the catalog', { issuer: 'https://idp.example' }, false],
  ])('asks %s', (_whom, config, asks) => {
    expect(create(config).asksIdentityProvider).toBe(asks);
  });

  it('refuses two identity providers and names their keys', () => {
    expect(() => create({ keycloak, logto })).toThrow(
      'Both provisioning.keycloak and provisioning.logto are set',
    );
  });

  it('refuses a config that names no issuer', () => {
    expect(() => create({})).toThrow('provisioning.issuer');
  });
});
