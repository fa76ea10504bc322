import { FakeLogto } from '@formulary/logto-test-utils';
import { LogtoClient } from '@formulary/plugin-logto-node';
import { LogtoDirectory } from './LogtoDirectory';

describe('LogtoDirectory', () => {
  let logto: FakeLogto;
  let directory: LogtoDirectory;

  beforeEach(async () => {
    logto = await FakeLogto.start();
    const client = new LogtoClient(logto.config);
    directory = new LogtoDirectory(client, client.issuer);
    logto.users.set('u1', {
      id: 'u1',
      username: 'Zoe',
      primaryEmail: 'Zoe@Acme.example',
      name: 'Zoë van Dam',
      profile: { givenName: 'Zoë', familyName: 'van Dam' },
      customData: { mattermostId: '42', shoes: { size: 38 } },
      organizations: { 'Globex Inc': [], 'Acme Labs': ['lead'] },
    });
  });
  afterEach(() => logto.stop());

  const change = (changes: object) =>
    logto.users.set('u1', { ...logto.users.get('u1')!, ...changes });

  it('reads who somebody is', async () => {
    await expect(directory.find('u1')).resolves.toEqual({
      enabled: true,
      person: {
        issuer: `${logto.endpoint}/oidc`,
        subject: 'u1',
        username: 'Zoe',
        email: 'zoe@acme.example',
        emailVerified: true,
        displayName: 'Zoë van Dam',
        firstName: 'Zoë',
        lastName: 'van Dam',
        organisation: 'Acme-Labs',
        groups: ['/Globex-Inc', '/Acme-Labs', '/Acme-Labs/lead'],
        roles: ['lead'],
        attributes: { mattermostId: '42' },
      },
      refusal: undefined,
    });
  });

  it('makes nobody a member of an older organisation with the same name', async () => {
    logto.organizations.set('older', 'Acme Labs');
    logto.organizations.set('younger', 'Acme Labs');
    change({ organizations: { younger: ['lead'] } });
    const found = await directory.find('u1');
    expect(found?.person.organisation).toMatch(/^Acme-Labs-[0-9a-f]{8}$/);
    expect(found?.person.groups).not.toContain('/Acme-Labs');
  });

  it('calls somebody without a username by the id, which is nobody else’s', async () => {
    change({ username: null });
    const found = await directory.find('u1');
    expect(found?.person).toMatchObject({
      username: 'u1',
    });
  });

  it.each([
    ['without an organisation', { organizations: {} }, 'organisation'],
    ['without an e-mail address', { primaryEmail: null }, 'e-mail address'],
    ['who is suspended', { isSuspended: true }, 'disabled'],
  ])('refuses a person %s and says so', async (_who, changes, reason) => {
    change(changes);
    const found = await directory.find('u1');
    expect(found?.refusal).toContain(reason);
  });

  it('knows nobody by a wrong id', async () => {
    await expect(directory.find('u2')).resolves.toBeUndefined();
  });

  it.each([
    ['an empty body', { status: 200 }],
    ['an empty object', { status: 200, body: '{}' }],
    ['an empty list', { status: 200, body: '[]' }],
    ['a page', { status: 200, body: '<html></html>' }],
    ['a page that is not there', { status: 404, body: '<h1>Not Found</h1>' }],
    ['a 404 of something else', { status: 404, body: '{"code":"guard"}' }],
    ['a refusal', { status: 403 }],
  ])('never takes %s for a person who is not there', async (_what, answer) => {
    logto.answerWith('u1', answer);
    await expect(directory.find('u1')).rejects.toMatchObject({
      name: 'ServiceError',
    });
  });

  it('lists the members of an organisation, page by page', async () => {
    for (let number = 2; number <= 230; number += 1) {
      const id = `u${number}`;
      logto.users.set(id, { id, organizations: { 'Acme Labs': [] } });
    }
    const members = await directory.membersOf('o-Acme Labs');
    expect(members).toHaveLength(230);
    expect(new Set(members).size).toBe(230);
  });
});
