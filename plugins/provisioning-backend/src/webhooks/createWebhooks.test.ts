import { mockServices } from '@backstage/backend-test-utils';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { createWebhooks } from './createWebhooks';

const logto = {
  endpoint: 'https://logto.example',
  appId: 'a',
  appSecret: 'b',
};

function create(provisioning: object) {
  return createWebhooks({
    config: mockServices.rootConfig({
      data: { provisioning: JSON.parse(JSON.stringify(provisioning)) },
    }),
    database: {} as ProvisioningDatabase,
    auditor: mockServices.auditor.mock(),
    events: mockServices.events.mock(),
    logger: mockServices.logger.mock(),
  }).map(({ path }) => path);
}

describe('createWebhooks', () => {
  it.each([
    ['none without a config', {}, []],
    [
      'Keycloak’s',
      { webhooks: { keycloak: { secret: 's' } } },
      ['/webhooks/keycloak'],
    ],
    [
      'Logto’s',
      { logto, webhooks: { logto: { secret: 's', maxAge: '1h' } } },
      ['/webhooks/logto'],
    ],
  ])('makes %s', (_what, config, paths) => {
    expect(create(config)).toEqual(paths);
  });

  it.each([
    [
      'Logto’s without Logto',
      { webhooks: { logto: { secret: 's' } } },
      'provisioning.logto',
    ],
    [
      'Keycloak’s beside Logto',
      { logto, webhooks: { keycloak: { secret: 's' } } },
      'provisioning.keycloak',
    ],
    [
      'one without a secret',
      { logto, webhooks: { logto: {} } },
      'provisioning.webhooks.logto.secret',
    ],
    [
      'one with a blank secret',
      { logto, webhooks: { logto: { secret: ' ' } } },
      'provisioning.webhooks.logto.secret',
    ],
    [
      'one that takes nothing',
      { logto, webhooks: { logto: { secret: 's', maxAge: { days: 0 } } } },
      'provisioning.webhooks.logto.maxAge',
    ],
  ])('refuses %s and names the key', (_what, config, key) => {
    expect(() => create(config)).toThrow(key);
  });
});
