import { TestOrg } from './__testUtils__/TestOrg';

jest.setTimeout(60_000);

describe('EventRefresh', () => {
  let org: TestOrg;

  beforeAll(async () => {
    org = await TestOrg.start();
  });
  afterAll(() => org.stop());

  beforeEach(async () => {
    await org.reset();
    org.keycloak.organizations = ['acme'];
    org.keycloak.addGroup('/acme');
    org.keycloak.addGroup('/acme/developers');
    org.keycloak.users.push(
      { id: 'alice', username: 'alice', organizations: ['acme'] },
      { id: 'bob', username: 'bob', organizations: ['acme'] },
    );
    await org.provider.sync();
    org.keycloak.asked.splice(0);
    org.mutations.splice(0);
  });

  it('brings a person who has just signed up, and asks for nobody else', async () => {
    org.keycloak.users.push({
      id: 'carol',
      username: 'carol',
      organizations: ['acme'],
      groups: ['/acme/developers'],
    });
    await org.event('access.REGISTER', { subjects: ['carol'] });
    expect(org.memberOf('carol')).toEqual(['acme', 'developers']);
    expect(org.mutations).toHaveLength(1);
    expect(org.keycloak.asked.filter(url => !url.includes('carol'))).toEqual(
      [],
    );
  });

  it('finds a person by the username of a membership event', async () => {
    org.keycloak.users[0].organizations = [];
    await org.event('admin.ORGANIZATION_MEMBERSHIP-DELETE', {
      username: 'alice',
    });
    expect(org.memberOf('alice')).toEqual([]);
  });

  it('removes a person whom Keycloak does not know any more', async () => {
    org.keycloak.users.splice(0, 1);
    await org.event('admin.USER-DELETE', { subjects: ['alice'] });
    expect(org.refs()).not.toContain('user:default/alice');
  });

  it('takes the groups of a person who is disabled, and gives them back', async () => {
    const before = org.catalog.get('user:default/alice');
    org.keycloak.users[0].enabled = false;
    await org.event('admin.USER-UPDATE', { subjects: ['alice'] });
    expect(org.memberOf('alice')).toEqual([]);
    expect(
      org.catalog.get('user:default/alice')?.metadata.annotations,
    ).toMatchObject({
      'formulary.dev/disabled': 'true',
      'formulary.dev/organization': 'acme',
    });
    org.keycloak.users[0].enabled = true;
    await org.event('admin.USER-UPDATE', { subjects: ['alice'] });
    expect(org.catalog.get('user:default/alice')).toEqual(before);
  });

  it('removes nobody when Keycloak cannot be asked', async () => {
    org.keycloak.failWith(() => ({
      status: 404,
      type: 'html',
      body: '<html>404</html>',
    }));
    await org.event('admin.USER-DELETE', { subjects: ['alice'] });
    expect(org.refs()).toContain('user:default/alice');
    expect(org.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('the next sync makes up for it'),
    );
  });

  it('follows a rename', async () => {
    org.keycloak.users[0].username = 'alicia';
    await org.event('admin.USER-UPDATE', { subjects: ['alice'] });
    expect(org.refs()).toContain('user:default/alicia');
    expect(org.refs()).not.toContain('user:default/alice');
  });

  it('brings a new group with its first member', async () => {
    org.keycloak.addGroup('/acme/testers');
    org.keycloak.users[0].groups = ['/acme/testers'];
    await org.event('admin.GROUP_MEMBERSHIP-CREATE', { subjects: ['alice'] });
    expect(org.memberOf('alice')).toEqual(['acme', 'testers']);
    expect(org.refs()).toContain('group:default/testers');
  });

  it('asks for a sync of everything for a new organisation that it may not list', async () => {
    org.keycloak.maySeeOrganizations = false;
    org.keycloak.users[0].organizations = ['acme', 'umbrella'];
    await org.event('admin.ORGANIZATION_MEMBERSHIP-CREATE', {
      username: 'alice',
    });
    expect(org.triggerTask).toHaveBeenCalledWith('keycloak-org:test:sync');
    await org.provider.sync();
    expect(org.memberOf('alice')).toEqual(['acme', 'umbrella']);
  });

  it('asks for a sync of everything when a group goes', async () => {
    org.keycloak.groups.delete('/acme/developers');
    await org.event('admin.GROUP-DELETE');
    expect(org.triggerTask).toHaveBeenCalledWith('keycloak-org:test:sync');
    expect(org.refs()).toContain('group:default/developers');
  });

  it.each(['access.LOGIN', 'admin.USER-ACTION', 'admin.CLIENT-CREATE'])(
    'asks nothing for %s',
    async type => {
      await org.event(type, { subjects: ['alice'] });
      expect(org.keycloak.asked).toEqual([]);
    },
  );

  it('follows more events at once than the database has connections', async () => {
    const people = Array.from({ length: 40 }, (_, number) => `new${number}`);
    for (const id of people) org.keycloak.users.push({ id, username: id });
    await Promise.all(
      people.map(id => org.event('access.REGISTER', { subjects: [id] })),
    );
    expect(org.refs()).toEqual(
      expect.arrayContaining(people.map(id => `user:default/${id}`)),
    );
  });

  it('is not undone by a sync that read before it', async () => {
    let told: Promise<void> | undefined;
    org.keycloak.failWith(url => {
      // The users are read already when their number is asked for.
      if (url === '/users/count' && !told) {
        org.keycloak.users[0].organizations = [];
        org.keycloak.users[1].username = 'robert';
        told = org
          .event('admin.USER-UPDATE', { subjects: ['alice'] })
          .then(() => org.event('admin.USER-UPDATE', { subjects: ['bob'] }));
        return undefined;
      }
      return undefined;
    });
    const before = org.memberOf('alice');
    expect(before).toEqual(['acme']);
    await org.provider.sync();
    await told;
    await org.provider.sync();
    expect(org.memberOf('alice')).toEqual([]);
    expect(org.refs()).toContain('user:default/robert');
    expect(org.refs()).not.toContain('user:default/bob');
  });
});
