import { MattermostClient } from '@formulary/plugin-mattermost-node';
import { FakeMattermost } from './__testUtils__/FakeMattermost';
import { MattermostListing } from './MattermostListing';

describe('MattermostListing', () => {
  let mattermost: FakeMattermost;
  let listing: MattermostListing;

  beforeEach(async () => {
    mattermost = new FakeMattermost();
    const client = new MattermostClient(
      {
        baseUrl: await mattermost.start(),
        token: 'token-of-the-bot',
        sso: { mode: 'openid', idAttribute: 'mattermostId' },
      },
      { retries: 0 },
    );
    listing = new MattermostListing(client);
  });

  afterEach(() => mattermost.stop());

  it('lists people page by page, and neither bots nor the portal itself', async () => {
    mattermost.pageSize = 2;
    mattermost.add({ id: 'bot', username: 'formulary-bot' });
    mattermost.add({ id: 'a', username: 'ann' });
    Object.assign(mattermost.add({ id: 'b' }), { is_bot: true });
    mattermost.add({ id: 'c', username: 'cem', delete_at: 1 });
    const first = await listing.page();
    const second = await listing.page({ after: first.next });
    const third = await listing.page({ after: second.next });
    expect([first, second, third]).toMatchObject([
      { accounts: [{ externalId: 'a', username: 'ann', state: 'active' }] },
      { accounts: [{ externalId: 'c', state: 'suspended' }] },
      { accounts: [] },
    ]);
    expect(third.next).toBeUndefined();
  });

  it('tells the subject of OpenID accounts, and who administers the server', async () => {
    mattermost.add({ auth_service: 'openid', auth_data: 'sub-ann' });
    mattermost.add({ auth_service: 'gitlab', auth_data: '4711' });
    mattermost.add({ roles: 'system_user system_admin' });
    const { accounts } = await listing.page();
    expect(accounts.map(({ subject }) => subject)).toEqual([
      'sub-ann',
      undefined,
      undefined,
    ]);
    expect(accounts.map(({ isAdministrator }) => isAdministrator)).toEqual([
      undefined,
      undefined,
      true,
    ]);
  });

  it('blocks with the link put aside, so that no log-in activates the account again', async () => {
    const ann = mattermost.add({
      auth_service: 'openid',
      auth_data: 'sub-ann',
    });
    const account = (await listing.get({ externalId: ann.id }))!;
    await listing.block(account);
    await listing.block(account);
    expect(ann).toMatchObject({
      delete_at: 1,
      auth_service: 'openid',
      auth_data: 'suspended:sub-ann',
    });
  });
});
