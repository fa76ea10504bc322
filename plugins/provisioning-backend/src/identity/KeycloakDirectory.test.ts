import { FakeKeycloak } from '../__testUtils__/FakeKeycloak';
import { KeycloakAdmin } from './KeycloakAdmin';
import { KeycloakDirectory } from './KeycloakDirectory';

describe('KeycloakDirectory', () => {
  let keycloak: FakeKeycloak;
  let directory: KeycloakDirectory;

  beforeEach(async () => {
    keycloak = await FakeKeycloak.start();
    const admin = new KeycloakAdmin(keycloak.config);
    directory = new KeycloakDirectory(admin, admin.issuer);
    keycloak.users.set('1', {
      id: '1',
      username: 'Zoë@acme',
      email: 'Zoe@Acme.example',
      emailVerified: true,
      firstName: 'Zoë',
      lastName: 'van Dam',
      attributes: { mattermostId: ['42'], empty: [] },
      groups: ['/acme', '/acme/acme-developers'],
      organizations: ['acme'],
    });
  });
  afterEach(() => keycloak.stop());

  it('reads who somebody is', async () => {
    await expect(directory.find('1')).resolves.toEqual({
      enabled: true,
      person: {
        issuer: `${keycloak.baseUrl}/realms/test`,
        subject: '1',
        username: 'Zoë@acme',
        email: 'zoe@acme.example',
        emailVerified: true,
        displayName: 'Zoë van Dam',
        firstName: 'Zoë',
        lastName: 'van Dam',
        organisation: 'acme',
        groups: ['/acme', '/acme/acme-developers'],
        attributes: { mattermostId: '42' },
      },
      refusal: undefined,
    });
  });

  it('knows nobody by a wrong id', async () => {
    await expect(directory.find('2')).resolves.toBeUndefined();
  });

  it.each(['not-found', 'empty'] as const)(
    'takes the outermost group where a realm has no organisations (%s)',
    async answer => {
      keycloak.withoutOrganizations = answer;
      const found = await directory.find('1');
      expect(found?.person.organisation).toBe('acme');
    },
  );

  it('finds somebody by the name that an event says', async () => {
    await expect(directory.findByUsername('zoë@ACME')).resolves.toMatchObject({
      person: { subject: '1', organisation: 'acme' },
    });
    await expect(directory.findByUsername('zoe')).resolves.toBeUndefined();
  });

  it.each([
    ['without an organisation', { organizations: [] }, 'organisation'],
    ['without an e-mail address', { email: undefined }, 'e-mail address'],
    ['who is disabled', { enabled: false }, 'disabled'],
  ])('refuses a person %s and says so', async (_who, change, reason) => {
    keycloak.users.set('1', { ...keycloak.users.get('1')!, ...change });
    const found = await directory.find('1');
    expect(found?.refusal).toContain(reason);
  });

  it('reads every page of the groups', async () => {
    const groups = Array.from({ length: 230 }, (_, index) => `/acme/g${index}`);
    keycloak.users.set('1', { ...keycloak.users.get('1')!, groups });
    const found = await directory.find('1');
    expect(found?.person.groups).toEqual(groups);
  });

  it('asks for one token, and for another when the first is forgotten', async () => {
    await directory.find('1');
    await directory.find('1');
    const given = keycloak.tokensGiven;
    expect(given).toBeLessThanOrEqual(2);
    keycloak.forgetTokens();
    await expect(directory.find('1')).resolves.toBeDefined();
  });

  it('never takes a failure for a person who is not there', async () => {
    keycloak.down = true;
    const impatient = new KeycloakDirectory(
      new KeycloakAdmin({ ...keycloak.config }),
      'issuer',
    );
    await expect(impatient.find('1')).rejects.toMatchObject({
      name: 'ServiceError',
      kind: 'unavailable',
    });
  });

  it('says what is wrong with its client and never shows the secret', async () => {
    const admin = new KeycloakAdmin({
      ...keycloak.config,
      clientSecret: 'not-the-secret',
    });
    const failure = await new KeycloakDirectory(admin, 'issuer')
      .find('1')
      .catch(error => error);
    expect(failure).toMatchObject({ kind: 'unauthorized' });
    expect(failure.message).toContain('Keycloak could not give a token');
    expect(failure.message).not.toContain('not-the-secret');
  });
});
