import { CoderClient } from '@formulary/plugin-coder-node';
import { CoderListing } from './CoderListing';

const user = (id: string, more: object = {}) => ({
  id,
  username: `name-${id}`,
  email: `${id}@acme.example`,
  status: 'active',
  login_type: 'oidc',
  organization_ids: [],
  ...more,
});

/** A Coder whose list has two users a page; it notes what changes something. */
function connect(users: ReturnType<typeof user>[]) {
  const changes: string[] = [];
  const client = new CoderClient({
    baseUrl: 'https://coder.example.com',
    token: 'secret',
    fetch: async (input, init) => {
      const { pathname, searchParams } = new URL(String(input));
      const path = pathname.replace('/api/v2', '');
      if (init?.method !== 'GET') changes.push(`${init?.method} ${path}`);
      if (path === '/users') {
        const after = users.findIndex(
          ({ id }) => id === searchParams.get('after_id'),
        );
        return Response.json({ users: users.slice(after + 1, after + 3) });
      }
      if (path === '/workspaces') {
        return Response.json({ workspaces: [], count: 0 });
      }
      const id = path.split('/')[2];
      return Response.json(users.find(each => each.id === id) ?? user(id));
    },
  });
  return { listing: new CoderListing(client), changes };
}

describe('CoderListing', () => {
  it('lists people page by page, and neither programs nor the portal itself', async () => {
    const { listing } = connect([
      user('me'),
      user('ann', { status: 'dormant' }),
      user('ci', { login_type: 'none' }),
      user('root', { roles: [{ name: 'owner' }] }),
      user('left', { status: 'suspended' }),
    ]);
    const first = await listing.page();
    const second = await listing.page({ after: first.next });
    const third = await listing.page({ after: second.next });
    const fourth = await listing.page({ after: third.next });
    expect(first.accounts).toEqual([
      {
        externalId: 'ann',
        username: 'name-ann',
        email: 'ann@acme.example',
        url: 'https://coder.example.com',
        state: 'active',
      },
    ]);
    expect(second.accounts).toMatchObject([
      { externalId: 'root', isAdministrator: true },
    ]);
    expect(third.accounts).toMatchObject([
      { externalId: 'left', state: 'suspended' },
    ]);
    expect(fourth).toEqual({ accounts: [] });
  });

  it('blocks by suspending', async () => {
    const { listing, changes } = connect([user('ann')]);
    await listing.block((await listing.get({ externalId: 'ann' }))!);
    expect(changes).toEqual(['PUT /users/ann/status/suspend']);
  });
});
