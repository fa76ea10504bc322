import { GiteaClient } from '@formulary/plugin-gitea-node';
import { ListedAccount } from '@formulary/plugin-provisioning-node';
import { FakeGitea } from './__testUtils__/FakeGitea';
import { GiteaListing } from './GiteaListing';

describe('GiteaListing', () => {
  let gitea: FakeGitea;
  let client: GiteaClient;
  let listing: GiteaListing;

  beforeEach(async () => {
    gitea = new FakeGitea();
    client = await gitea.start();
    listing = new GiteaListing(client);
    // The fake's token is of its first user.
    gitea.add({ login: 'bot', is_admin: true });
  });

  afterEach(() => gitea.stop());

  async function all(): Promise<ListedAccount[]> {
    const accounts: ListedAccount[] = [];
    let after: string | undefined;
    do {
      const page = await listing.page({ after });
      accounts.push(...page.accounts);
      after = page.next;
    } while (after !== undefined);
    return accounts;
  }

  it('lists everybody but the portal itself, from a server with small pages too', async () => {
    gitea.pageSize = 2;
    for (const login of ['ann', 'ben', 'cem', 'dan']) gitea.add({ login });
    const found = await all();
    expect(found.map(({ username }) => username)).toEqual([
      'ann',
      'ben',
      'cem',
      'dan',
    ]);
  });

  it('tells the identity of the portal’s login source, and of no other', async () => {
    gitea.add({ login: 'ann', source_id: 1, login_name: 'sub-ann' });
    gitea.add({ login: 'ben', source_id: 7, login_name: 'uid=ben' });
    gitea.add({ login: 'cem', prohibit_login: true });
    gitea.add({ login: 'root', is_admin: true });
    expect(await all()).toEqual([
      {
        externalId: '2',
        username: 'ann',
        email: 'ann@elsewhere.example',
        url: `${client.baseUrl}/ann`,
        state: 'active',
        subject: 'sub-ann',
      },
      expect.not.objectContaining({ subject: expect.anything() }),
      expect.objectContaining({ username: 'cem', state: 'suspended' }),
      expect.objectContaining({ username: 'root', isAdministrator: true }),
    ]);
  });

  it('blocks an account and leaves its link as it is', async () => {
    const ben = gitea.add({
      login: 'ben',
      source_id: 7,
      login_name: 'uid=ben',
    });
    const account = (await listing.get({ externalId: '2', username: 'ben' }))!;
    await listing.block(account);
    expect(ben).toMatchObject({
      prohibit_login: true,
      source_id: 7,
      login_name: 'uid=ben',
    });
  });

  it('takes nobody for another who has the name by now', async () => {
    const ben = gitea.add({ login: 'ben' });
    const other = { externalId: '99', username: 'ben' };
    await expect(listing.get(other)).resolves.toBeUndefined();
    await listing.block({ ...other, state: 'active' });
    expect(ben.prohibit_login).toBe(false);
  });

  it('reads a failure never as an empty list', async () => {
    gitea.acceptsToken = false;
    await expect(listing.page()).rejects.toMatchObject({
      kind: 'unauthorized',
    });
  });
});
