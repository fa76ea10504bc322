import { Fault } from './__testUtils__/FakeKeycloak';
import { TestOrg } from './__testUtils__/TestOrg';

jest.setTimeout(60_000);

const html: Fault = { type: 'html', body: '<html>Please log in</html>' };
const empty: Fault = { body: '[]' };
const broken: Fault = { status: 500, body: '{"error":"unknown_error"}' };

describe('FullSync', () => {
  let org: TestOrg;

  beforeAll(async () => {
    org = await TestOrg.start();
  });
  afterAll(() => org.stop());

  /** 25 people in three pages, all in one of two organisations, with teams of one name. */
  function populate() {
    const { keycloak } = org;
    keycloak.organizations = ['acme', 'globex'];
    for (const alias of ['acme', 'globex']) {
      keycloak.addGroup(`/${alias}`);
      keycloak.addGroup(`/${alias}/developers`);
      keycloak.addGroup(`/${alias}/${alias}-leads`);
    }
    for (let number = 10; number < 35; number += 1) {
      const alias = number % 2 ? 'acme' : 'globex';
      keycloak.users.push({
        id: `id-${number}`,
        username: `person${number}`,
        email: `person${number}@${alias}.example`,
        firstName: 'Person',
        lastName: String(number),
        groups: [`/${alias}/developers`],
        organizations: [alias],
        roles: ['default-roles-test', 'developer'],
      });
    }
  }

  beforeEach(async () => {
    await org.reset();
    populate();
  });

  it('brings people, groups, roles and organisations into the catalog', async () => {
    await expect(org.provider.sync()).resolves.toMatchObject({
      state: 'done',
      users: 25,
      removed: 0,
    });
    expect(org.refs().filter(ref => ref.startsWith('group:'))).toEqual([
      'group:default/acme',
      'group:default/acme-leads',
      'group:default/acme.developers',
      'group:default/globex',
      'group:default/globex-leads',
      'group:default/globex.developers',
    ]);
    expect(org.catalog.get('user:default/person11')).toEqual({
      apiVersion: 'backstage.io/v1beta1',
      kind: 'User',
      metadata: {
        name: 'person11',
        annotations: {
          'keycloak.org/id': 'id-11',
          'keycloak.org/realm': 'test',
          'keycloak.org/organization': 'acme',
          'keycloak.org/realm-roles': 'developer',
          'backstage.io/managed-by-location': `url:${org.keycloak.baseUrl}/admin/realms/test/users/id-11`,
          'backstage.io/managed-by-origin-location': `url:${org.keycloak.baseUrl}/admin/realms/test/users/id-11`,
        },
      },
      spec: {
        profile: { email: 'person11@acme.example', displayName: 'Person 11' },
        memberOf: ['acme', 'acme.developers'],
      },
    });
    expect(org.catalog.get('group:default/acme')).toMatchObject({
      spec: { type: 'organization', profile: { displayName: 'acme Inc.' } },
    });
    expect(org.catalog.get('group:default/acme.developers')).toMatchObject({
      metadata: {
        annotations: {
          'keycloak.org/path': '/acme/developers',
          'keycloak.org/organization': 'acme',
        },
      },
      spec: { parent: 'acme', profile: { displayName: 'developers' } },
    });
  });

  it('keeps disabled people without groups and roles, and leaves service accounts out', async () => {
    org.keycloak.users.push(
      {
        ...{ id: 'off', username: 'off', enabled: false },
        groups: ['/acme/developers', '/acme/acme-leads'],
        organizations: ['acme'],
        roles: ['developer'],
      },
      {
        id: 'robot',
        username: 'service-account-formulary',
        serviceAccountClientId: 'formulary',
        groups: ['/acme'],
      },
    );
    await org.provider.sync();
    expect(org.memberOf('off')).toEqual([]);
    const { annotations } = org.catalog.get('user:default/off')!.metadata;
    expect(annotations).toMatchObject({
      'formulary.dev/disabled': 'true',
      // Whose colleagues see them, and what they own, stays as it was.
      'formulary.dev/organization': 'acme',
      'keycloak.org/id': 'off',
      'keycloak.org/organization': 'acme',
    });
    expect(annotations).not.toHaveProperty('keycloak.org/realm-roles');
    expect(org.refs()).not.toContain('user:default/service-account-formulary');
  });

  it('reads the organisations person by person where it may not list them', async () => {
    org.keycloak.maySeeOrganizations = false;
    await org.provider.sync();
    expect(org.memberOf('person11')).toEqual(['acme', 'acme.developers']);
    expect(org.catalog.get('group:default/globex')).toMatchObject({
      spec: { type: 'organization' },
    });
  });

  it('takes top-level groups for groups where organisations are off', async () => {
    org.keycloak.organizations = undefined;
    org.keycloak.users[1].groups = ['/acme'];
    await org.provider.sync();
    expect(org.memberOf('person11')).toEqual(['acme']);
    expect(org.catalog.get('group:default/acme')).toMatchObject({
      spec: { type: 'group' },
    });
  });

  it('makes nobody a member of an organisation by a group with its name', async () => {
    org.keycloak.users[1].groups = ['/globex'];
    await org.provider.sync();
    expect(org.memberOf('person11')).toEqual(['acme']);
  });

  describe('when an answer is wrong', () => {
    const answers: [string, Fault][] = [
      ['a failure', broken],
      ['an empty list', empty],
      ['a page of HTML', html],
    ];
    const questions: [string, RegExp][] = [
      ['the first page of users', /^\/users\?first=0/],
      ['the second page of users', /^\/users\?first=10/],
      ['the last page of users', /^\/users\?first=20/],
      ['the groups', /^\/groups\?/],
      ['the groups below one', /^\/groups\/group-_acme\/children/],
      ['the members of a group', /^\/groups\/group-_acme_developers\/members/],
      ['the organisations', /^\/organizations\?/],
      [
        'the members of an organisation',
        /^\/organizations\/organization-acme\/members/,
      ],
      ['the roles', /^\/roles\?/],
      ['the users with a role', /^\/roles\/developer\/users/],
    ];
    it.each(
      questions.flatMap(([what, question]) =>
        answers.map(([how, answer]) => [how, what, question, answer] as const),
      ),
    )(
      '%s in place of %s changes nothing',
      async (_how, _what, question, answer) => {
        await org.provider.sync();
        const before = new Map(org.catalog);
        org.keycloak.failWith(url => (question.test(url) ? answer : undefined));

        const failure = await org.provider.sync().then(
          () => undefined,
          error => error,
        );

        expect(String(failure)).toMatch(/Keycloak|undefined/);

        expect(org.catalog).toEqual(before);
      },
      30_000,
    );

    it('removes nobody when one page answers 500 and another is empty', async () => {
      await org.provider.sync();
      const before = new Map(org.catalog);
      org.keycloak.failWith(url => {
        if (/^\/groups\/group-_acme_developers\/members/.test(url))
          return empty;
        return /^\/users\?first=10/.test(url) ? broken : undefined;
      });
      await expect(org.provider.sync()).rejects.toThrow('Keycloak');
      expect(org.catalog).toEqual(before);
    });

    it('keeps a person who slipped through the pages, although the count agrees', async () => {
      await org.provider.sync();
      org.keycloak.failWith(url => {
        if (url === '/users/count') return { body: '24' };
        if (!url.startsWith('/users?first=0')) return undefined;
        // As when somebody of the first page is deleted before the second is read.
        const [, , , , ...rest] = org.keycloak.users;
        const users = [...org.keycloak.users.slice(0, 3), ...rest];
        return { body: JSON.stringify(users.slice(0, 10)) };
      });
      await expect(org.provider.sync()).rejects.toThrow(
        'its lists lacked user:default/person13, which exists',
      );
      expect(org.refs()).toContain('user:default/person13');
    });
  });

  describe('when people leave', () => {
    it('removes those whom Keycloak does not know any more', async () => {
      await org.provider.sync();
      org.keycloak.users.splice(0, 2);
      await expect(org.provider.sync()).resolves.toMatchObject({ removed: 2 });
      expect(org.refs()).not.toContain('user:default/person10');
      expect(org.refs()).toContain('user:default/person12');
    });

    it('stops before a mass removal, and removes once an administrator lets it', async () => {
      await org.reset({ notify: ['group:default/platform'] });
      populate();
      await org.provider.sync();
      const before = new Map(org.catalog);
      const gone = org.keycloak.users.splice(0, 6);

      await expect(org.provider.sync()).resolves.toMatchObject({
        state: 'stopped',
      });
      await org.provider.sync();
      expect(org.catalog).toEqual(before);
      expect(org.auditor.createEvent).toHaveBeenCalledTimes(1);
      expect(org.notify).toHaveBeenCalledTimes(1);
      expect(org.logger.error).toHaveBeenCalledWith(
        expect.stringContaining('would remove 6 people and 0 groups'),
      );

      const stop = await org.stops.get('test');
      expect(stop).toMatchObject({ users: 6, groups: 0 });
      expect(stop?.sample).toContain('user:default/person10');
      await org.stops.approve('test', stop!.digest, 'user:default/priya');
      await expect(org.provider.sync()).resolves.toMatchObject({ removed: 6 });
      await expect(org.stops.get('test')).resolves.toBeUndefined();

      // The next one asks again.
      org.keycloak.users.push(...gone);
      await org.provider.sync();
      org.keycloak.users.splice(-6);
      await expect(org.provider.sync()).resolves.toMatchObject({
        state: 'stopped',
      });
    });

    it('asks again when others would go than those who were agreed to', async () => {
      await org.provider.sync();
      org.keycloak.users.splice(0, 6);
      await org.provider.sync();
      const stop = await org.stops.get('test');
      await org.stops.approve('test', stop!.digest, 'user:default/priya');
      org.keycloak.users.splice(0, 1);
      await expect(org.provider.sync()).resolves.toMatchObject({
        state: 'stopped',
      });
    });

    it('removes nobody when the whole realm seems empty', async () => {
      await org.provider.sync();
      const before = new Map(org.catalog);
      org.keycloak.users.splice(0);
      org.keycloak.groups.clear();
      org.keycloak.organizations = [];
      await expect(org.provider.sync()).resolves.toMatchObject({
        state: 'stopped',
      });
      expect(org.catalog).toEqual(before);
    });
  });

  it('takes the groups of people who are disabled and gives them back, however many', async () => {
    await org.provider.sync();
    const before = new Map(org.catalog);
    for (const user of org.keycloak.users) user.enabled = false;
    await expect(org.provider.sync()).resolves.toMatchObject({ removed: 0 });
    expect(org.memberOf('person11')).toEqual([]);
    expect(org.memberOf('person34')).toEqual([]);
    for (const user of org.keycloak.users) user.enabled = true;
    await org.provider.sync();
    expect(org.catalog).toEqual(before);
  });

  describe('when names change', () => {
    it('follows a person with another username', async () => {
      await org.provider.sync();
      org.keycloak.users[0].username = 'renamed';
      await org.provider.sync();
      expect(org.refs()).toContain('user:default/renamed');
      expect(org.refs()).not.toContain('user:default/person10');
    });

    it('lets whoever has a name keep it when another username comes to the same', async () => {
      org.keycloak.users.push({ id: 'first', username: 'zo@acme' });
      await org.provider.sync();
      org.keycloak.users.unshift({ id: 'second', username: 'zo-acme' });
      await org.provider.sync();
      expect(
        org.catalog.get('user:default/zo-acme')?.metadata.annotations,
      ).toMatchObject({ 'keycloak.org/id': 'first' });
      const marked = org.refs().filter(ref => /zo-acme-[0-9a-f]{8}$/.test(ref));
      expect(marked).toHaveLength(1);
      await org.provider.sync();
      expect(org.refs()).toEqual(expect.arrayContaining(marked));
    });

    it('calls groups by their paths once two have one name', async () => {
      org.keycloak.groups.delete('/globex/developers');
      for (const user of org.keycloak.users) {
        user.groups = user.groups?.filter(
          path => path !== '/globex/developers',
        );
      }
      await org.provider.sync();
      expect(org.memberOf('person11')).toEqual(['acme', 'developers']);

      org.keycloak.addGroup('/globex/developers');
      await org.provider.sync();
      expect(org.memberOf('person11')).toEqual(['acme', 'acme.developers']);
      expect(org.refs()).not.toContain('group:default/developers');
    });

    it('takes away a membership that has ended', async () => {
      await org.provider.sync();
      org.keycloak.users[1].groups = [];
      await org.provider.sync();
      expect(org.memberOf('person11')).toEqual(['acme']);
    });
  });
});
