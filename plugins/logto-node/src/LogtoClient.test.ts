import { FakeLogto, FakeLogtoAnswer } from '@formulary/logto-test-utils';
import { LogtoClient } from './LogtoClient';

describe('LogtoClient', () => {
  let logto: FakeLogto;
  let client: LogtoClient;

  beforeEach(async () => {
    logto = await FakeLogto.start();
    client = new LogtoClient({ ...logto.config, pageSize: 10 });
    for (let number = 1; number <= 25; number += 1) {
      const id = `u${number}`;
      logto.users.set(id, {
        id,
        username: `person${number}`,
        organizations: { acme: number === 1 ? ['lead'] : [] },
        roles: ['staff'],
      });
    }
  });
  afterEach(() => logto.stop());

  async function idsOf(pages: AsyncIterable<{ id: string }[]>) {
    const ids: string[] = [];
    for await (const page of pages) ids.push(...page.map(({ id }) => id));
    return ids;
  }

  it('lists people, members and holders of a role page by page', async () => {
    const everybody = [...logto.users.keys()];
    await expect(idsOf(client.users())).resolves.toEqual(everybody);
    await expect(idsOf(client.members('o-acme'))).resolves.toEqual(everybody);
    await expect(idsOf(client.members('o-acme', 'lead'))).resolves.toEqual([
      'u1',
    ]);
    await expect(idsOf(client.roleHolders('staff'))).resolves.toEqual(
      everybody,
    );
  });

  it('reads what one person belongs to', async () => {
    await expect(client.organizationsOf('u1')).resolves.toMatchObject([
      { id: 'o-acme', name: 'acme', organizationRoles: [{ name: 'lead' }] },
    ]);
    await expect(client.rolesOf('u1')).resolves.toEqual([
      { id: 'staff', name: 'staff' },
    ]);
  });

  it('knows nobody and no organisation by a wrong id', async () => {
    await expect(client.findUser('u99')).resolves.toBeUndefined();
    await expect(client.organizationsOf('u99')).resolves.toBeUndefined();
    await expect(client.rolesOf('u99')).resolves.toBeUndefined();
    await expect(client.findOrganization('o-x')).resolves.toBeUndefined();
  });

  const counted = { 'Total-Number': '25' };
  const wrongAnswers: [string, FakeLogtoAnswer][] = [
    ['an empty page', { type: 'json', body: '[]', headers: counted }],
    ['a list without a count', { type: 'json', body: '[]' }],
    ['a page of HTML', { body: '<html></html>', headers: counted }],
    ['a failure', { status: 500, type: 'json', body: '{"code":"x"}' }],
  ];
  it.each(wrongAnswers)('throws for %s', async (_what, answer) => {
    const quick = new LogtoClient(logto.config, { retries: 0 });
    logto.failWith(path => (path.startsWith('/users') ? answer : undefined));
    await expect(idsOf(quick.users())).rejects.toMatchObject({
      name: 'ServiceError',
    });
  });

  it.each([
    ['the page that is not there', { status: 404, body: '<h1>Not here</h1>' }],
    ['another 404', { status: 404, type: 'json', body: '{"code":"gone"}' }],
    ['what is not found', { status: 404, type: 'json', body: '{}' }],
  ])(
    'never takes %s of a proxy for an organisation that is gone',
    async (_what, answer) => {
      logto.failWith(() => answer);
      await expect(client.findOrganization('o-acme')).rejects.toMatchObject({
        name: 'ServiceError',
      });
    },
  );

  it('waits as long as a limit of calls says', async () => {
    let refused = 0;
    logto.failWith(() => {
      refused += 1;
      return refused > 2
        ? undefined
        : {
            status: 429,
            type: 'json',
            body: '{"message":"Too many requests"}',
            headers: { 'Retry-After': '1' },
          };
    });
    const since = Date.now();
    await expect(idsOf(client.users())).resolves.toHaveLength(25);
    expect(Date.now() - since).toBeGreaterThanOrEqual(1900);
  });

  it('asks for one token, and for another when the first is forgotten', async () => {
    await idsOf(client.users());
    expect(logto.tokensGiven).toBe(1);
    logto.forgetTokens();
    await idsOf(client.users());
    expect(logto.tokensGiven).toBe(2);
  });

  it('says what is wrong with its app and never shows the secret', async () => {
    const stranger = new LogtoClient({
      ...logto.config,
      appSecret: 'not-the-secret',
    });
    const failure = await stranger.findUser('u1').catch(error => error);
    expect(failure).toMatchObject({ kind: 'unauthorized' });
    expect(failure.message).toContain('Logto could not give a token');
    expect(failure.message).not.toContain('not-the-secret');
  });
});
