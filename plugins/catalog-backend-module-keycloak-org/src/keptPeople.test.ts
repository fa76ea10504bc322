import { TestOrg } from './__testUtils__/TestOrg';

jest.setTimeout(60_000);

const PRIYA = 'user:default/priya';

describe('people whom an administrator leaves in the catalog', () => {
  let org: TestOrg;

  beforeAll(async () => {
    org = await TestOrg.start();
  });
  afterAll(() => org.stop());

  const add = (number: number) =>
    org.keycloak.users.push({
      id: `id-${number}`,
      username: `person${number}`,
      groups: ['/acme/testers'],
      organizations: ['acme'],
    });
  const remove = (from: number, count: number) =>
    org.keycloak.users.splice(
      org.keycloak.users.findIndex(({ id }) => id === `id-${from}`),
      count,
    );
  const sync = () => org.provider.sync();
  const keep = async () => {
    const { digest } = (await org.stops.get('test'))!;
    await org.stops.keep('test', digest, PRIYA);
    return digest;
  };

  // Of 20 people six, 10 to 15, go missing, which stops the sync.
  beforeEach(async () => {
    await org.reset();
    org.keycloak.organizations = ['acme'];
    org.keycloak.addGroup('/acme');
    org.keycloak.addGroup('/acme/testers');
    for (let number = 10; number < 30; number += 1) add(number);
    await sync();
    remove(10, 6);
    await sync();
  });

  it('stay, while all else is brought up to date, and nobody is asked again', async () => {
    await keep();
    add(40);
    org.keycloak.users[0].groups = [];
    jest.clearAllMocks();
    for (const _ of ['a sync', 'and the next']) {
      await expect(sync()).resolves.toEqual({
        ...{ state: 'done', users: 15, groups: 2, removed: 0, kept: 6 },
      });
    }
    expect(org.memberOf('person10')).toEqual(['acme', 'testers']);
    expect(org.memberOf('person40')).toEqual(['acme', 'testers']);
    expect(org.memberOf('person16')).toEqual(['acme']);
    expect(org.auditor.createEvent).not.toHaveBeenCalled();
    await expect(org.stops.list()).resolves.toEqual([]);
  });

  it('stay when so few of them are missing that no sync would ask', async () => {
    await keep();
    for (const number of [10, 11, 12]) add(number);
    await expect(sync()).resolves.toMatchObject({ removed: 0, kept: 3 });
    await expect(org.kept.list()).resolves.toMatchObject([
      { users: 3, keptBy: PRIYA },
    ]);
  });

  it('do not keep others, who leave as ever', async () => {
    await keep();
    remove(20, 2);
    await expect(sync()).resolves.toMatchObject({ removed: 2, kept: 6 });
    expect(org.refs()).not.toContain('user:default/person20');
  });

  it('are not asked about again when more go missing, who are', async () => {
    await keep();
    remove(20, 6);
    await expect(sync()).resolves.toMatchObject({ state: 'stopped', kept: 6 });
    const stop = await org.stops.get('test');
    expect(stop).toMatchObject({ users: 6 });
    expect(stop?.sample).toContain('user:default/person20');
    expect(stop?.sample).not.toContain('user:default/person10');
    await org.stops.approve('test', stop!.digest, PRIYA);
    await expect(sync()).resolves.toMatchObject({ removed: 6, kept: 6 });
  });

  it('who were back are asked about when they go missing another time', async () => {
    await keep();
    for (let number = 10; number < 16; number += 1) add(number);
    await expect(sync()).resolves.toMatchObject({ kept: 0 });
    await expect(org.kept.list()).resolves.toEqual([]);
    remove(10, 6);
    await expect(sync()).resolves.toMatchObject({ state: 'stopped' });
  });

  it('are asked about anew once the decision is taken back', async () => {
    const digest = await keep();
    await sync();
    await expect(org.kept.takeBack('test', digest)).resolves.toBe(true);
    await expect(sync()).resolves.toMatchObject({ state: 'stopped' });
    await expect(org.stops.get('test')).resolves.toMatchObject({ digest });
  });

  it('go when Keycloak tells of each that they were deleted', async () => {
    await keep();
    await org.event('admin.USER-DELETE', { subjects: ['id-10'] });
    expect(org.refs()).not.toContain('user:default/person10');
    await expect(sync()).resolves.toMatchObject({ removed: 0, kept: 5 });
  });

  it('change nothing of whom the lists lack by mistake', async () => {
    await org.reset({ removals: { minimum: 0, maxPercent: 0 } });
    org.keycloak.organizations = ['acme'];
    for (const path of ['/acme', '/acme/testers']) org.keycloak.addGroup(path);
    add(10);
    await sync();
    org.keycloak.failWith(url => {
      if (url === '/groups/count') return { body: '{"count":1}' };
      return url.includes('/children') ? { body: '[]' } : undefined;
    });
    await expect(sync()).resolves.toMatchObject({ state: 'stopped' });
    await keep();
    const before = new Map(org.catalog);
    await expect(sync()).rejects.toThrow('which is not in its lists');
    expect(org.catalog).toEqual(before);
  });
});
