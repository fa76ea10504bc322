import { FakeTwenty } from './__testUtils__/FakeTwenty';
import { TwentyListing } from './TwentyListing';

describe('TwentyListing', () => {
  let twenty: FakeTwenty;
  let listing: TwentyListing;

  beforeEach(async () => {
    twenty = new FakeTwenty();
    listing = new TwentyListing(await twenty.start());
  });

  afterEach(() => twenty.stop());

  it('lists records page by page, and finds one by its id', async () => {
    twenty.pageSize = 2;
    for (const name of ['ann', 'ben', 'cem']) {
      twenty.add({
        id: name,
        emails: { primaryEmail: `${name}@acme.example` },
      });
    }
    const first = await listing.page();
    const second = await listing.page({ after: first.next });
    expect(first.accounts.map(({ externalId }) => externalId)).toEqual([
      'ann',
      'ben',
    ]);
    expect(second).toMatchObject({ accounts: [{ externalId: 'cem' }] });
    expect(second.next).toBeUndefined();
    await expect(listing.get({ externalId: 'ben' })).resolves.toMatchObject({
      username: 'ben@acme.example',
      state: 'active',
    });
  });

  it('takes it for normal that the portal does not know somebody, and blocks nobody', () => {
    expect(listing.holdsStrangers).toBe(true);
    expect('block' in listing).toBe(false);
  });

  it('reads a refusal never as an empty list', async () => {
    twenty.refusal = { message: 'No', code: 'FORBIDDEN' };
    await expect(listing.page()).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
