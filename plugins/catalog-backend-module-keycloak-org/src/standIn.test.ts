import { TestSandbox } from '@formulary/sandbox/testUtils';
import { TestOrg } from './__testUtils__/TestOrg';

jest.setTimeout(120_000);

describe("the sandbox's Keycloak", () => {
  let org: TestOrg;
  let sandbox: TestSandbox;

  beforeAll(async () => {
    org = await TestOrg.start();
    sandbox = await TestSandbox.start({ services: ['keycloak'] });
  });
  afterAll(async () => {
    await sandbox?.stop();
    await org.stop();
  });

  it.each([100, 2])('is read whole in pages of %i', async pageSize => {
    const { url, realm, clientId, clientSecret } =
      sandbox.credentials.services.keycloak;
    const config = { baseUrl: url, realm, clientId, clientSecret };
    await org.reset({ ...config, pageSize });
    await expect(org.provider.sync()).resolves.toMatchObject({
      state: 'done',
      users: 7,
      groups: 9,
    });
    expect(org.refs()).toEqual([
      'group:default/acme',
      'group:default/acme-developers',
      'group:default/acme-leads',
      'group:default/formulary',
      'group:default/formulary-developers',
      'group:default/formulary-platform',
      'group:default/globex',
      'group:default/globex-developers',
      'group:default/globex-leads',
      'user:default/alice',
      'user:default/bob',
      'user:default/carol',
      'user:default/gina',
      'user:default/hugo',
      'user:default/ivy',
      'user:default/priya',
    ]);
    expect(org.memberOf('bob')).toEqual(['acme', 'acme-developers']);
    expect(org.catalog.get('user:default/alice')).toMatchObject({
      metadata: {
        annotations: {
          'keycloak.org/realm': 'formulary',
          'keycloak.org/organization': 'acme',
          'keycloak.org/realm-roles': 'organisation-admin',
        },
      },
      spec: { profile: { displayName: 'Alice Moreau' } },
    });
  });
});
