import { FakeLogto, FakeLogtoAnswer } from '@formulary/logto-test-utils';
import { TestSync } from '@formulary/organization-sync-test-utils';
import { resetSync } from './__testUtils__/resetSync';

jest.setTimeout(120_000);

const html: FakeLogtoAnswer = { body: '<html>Please log in</html>' };
const empty: FakeLogtoAnswer = { type: 'json', body: '[]' };
const emptyAndCounted: FakeLogtoAnswer = {
  ...empty,
  headers: { 'Total-Number': '0' },
};
const broken: FakeLogtoAnswer = {
  status: 500,
  type: 'json',
  body: '{"message":"Internal server error."}',
  // Not tried again, so that the test need not wait.
  headers: { 'Retry-After': '3600' },
};

describe('the sync of Logto', () => {
  let logto: FakeLogto;
  let sync: TestSync;

  beforeAll(async () => {
    logto = await FakeLogto.start();
    sync = await TestSync.start('logto-org');
  });
  afterAll(async () => {
    await sync?.stop();
    await logto?.stop();
  });

  /** 25 people in three pages, all in one of two organisations. */
  function populate() {
    logto.organizations.set('acme', 'acme');
    logto.organizations.set('globex', 'globex');
    for (let number = 10; number < 35; number += 1) {
      const organization = number % 2 ? 'acme' : 'globex';
      const id = `id-${number}`;
      logto.users.set(id, {
        id,
        username: `person${number}`,
        primaryEmail: `person${number}@${organization}.example`,
        name: `Person ${number}`,
        organizations: { [organization]: number < 12 ? ['lead'] : [] },
        roles: ['developer'],
      });
    }
  }

  const change = (id: string, changes: object) =>
    logto.users.set(id, { ...logto.users.get(id)!, ...changes });

  beforeEach(async () => {
    await resetSync(sync, logto);
    populate();
  });

  it('brings people, organisations and roles into the catalog', async () => {
    await expect(sync.provider.sync()).resolves.toMatchObject({
      state: 'done',
      users: 25,
      groups: 4,
      removed: 0,
    });
    expect(sync.refs().filter(ref => ref.startsWith('group:'))).toEqual([
      'group:default/acme',
      'group:default/acme.lead',
      'group:default/globex',
      'group:default/globex.lead',
    ]);
    const location = `url:${logto.endpoint}/api/users/id-11`;
    expect(sync.catalog.get('user:default/person11')).toEqual({
      apiVersion: 'backstage.io/v1beta1',
      kind: 'User',
      metadata: {
        name: 'person11',
        annotations: {
          'logto.io/id': 'id-11',
          'logto.io/organizations': 'o-acme',
          'logto.io/roles': 'developer',
          'backstage.io/managed-by-location': location,
          'backstage.io/managed-by-origin-location': location,
        },
      },
      spec: {
        profile: { email: 'person11@acme.example', displayName: 'Person 11' },
        memberOf: ['acme', 'acme.lead'],
      },
    });
    expect(sync.catalog.get('group:default/acme')).toMatchObject({
      metadata: { annotations: { 'logto.io/id': 'o-acme' } },
      spec: { type: 'organization', profile: { displayName: 'acme' } },
    });
    expect(sync.catalog.get('group:default/acme.lead')).toMatchObject({
      metadata: { annotations: { 'logto.io/organization-role': 'lead' } },
      spec: { type: 'organization-role', parent: 'acme' },
    });
  });

  it('calls somebody without a username by the id', async () => {
    change('id-12', { username: null });
    await sync.provider.sync();
    expect(sync.refs()).toContain('user:default/id-12');
  });

  it('keeps the suspended without organisations and roles', async () => {
    await sync.provider.sync();
    change('id-11', { isSuspended: true });
    await sync.provider.sync();
    expect(sync.memberOf('person11')).toEqual([]);
    const { annotations } = sync.catalog.get('user:default/person11')!.metadata;
    expect(annotations).toMatchObject({
      'formulary.dev/disabled': 'true',
      'formulary.dev/organization': 'acme',
      'logto.io/id': 'id-11',
    });
    expect(annotations).not.toHaveProperty('logto.io/roles');
  });

  it('keeps organisations of one name apart: the older one has it', async () => {
    logto.organizations.set('impostor', 'ACME');
    logto.organizations.set('dotted', 'acme.lead');
    change('id-12', { organizations: { impostor: ['lead'] } });
    await sync.provider.sync();
    expect(sync.memberOf('person11')).toContain('acme');
    const [own, role] = sync.memberOf('person12') as string[];
    expect(own).toMatch(/^ACME-[0-9a-f]{8}$/);
    expect(role).toBe(`${own}.lead`);
    expect(sync.catalog.get('group:default/acme.lead')).toMatchObject({
      spec: { type: 'organization' },
    });
  });

  it('leaves roles out that are of no organisation when it is told to', async () => {
    await resetSync(sync, logto, { roles: false });
    populate();
    await sync.provider.sync();
    expect(
      sync.catalog.get('user:default/person11')?.metadata.annotations,
    ).not.toHaveProperty('logto.io/roles');
    expect(logto.asked.filter(url => url.startsWith('/roles'))).toEqual([]);
  });

  it('survives a limit of calls', async () => {
    let refused = 0;
    logto.failWith(url => {
      if (!url.startsWith('/users?page=2') || refused === 2) return undefined;
      refused += 1;
      return {
        status: 429,
        type: 'json',
        body: '{"message":"Too many requests"}',
        headers: { 'Retry-After': '1' },
      };
    });
    await expect(sync.provider.sync()).resolves.toMatchObject({ users: 25 });
    expect(refused).toBe(2);
  });

  describe('when an answer is wrong', () => {
    const answers: [string, FakeLogtoAnswer][] = [
      ['a failure', broken],
      ['an empty list', empty],
      ['an empty list that says so', emptyAndCounted],
      ['a page of HTML', html],
    ];
    const questions: [string, RegExp][] = [
      ['the first page of users', /^\/users\?page=1&/],
      ['the second page of users', /^\/users\?page=2&/],
      ['the last page of users', /^\/users\?page=3&/],
      ['the organisations', /^\/organizations\?/],
      ['the members of an organisation', /^\/organizations\/o-acme\/users\?/],
      ['the roles', /^\/roles\?/],
      ['the people with a role', /^\/roles\/developer\/users/],
    ];
    it.each(
      questions.flatMap(([what, question]) =>
        answers.map(([how, answer]) => [how, what, question, answer] as const),
      ),
    )(
      '%s in place of %s changes nothing',
      async (_how, _what, question, answer) => {
        await sync.provider.sync();
        const before = new Map(sync.catalog);
        logto.failWith(url => (question.test(url) ? answer : undefined));
        // An answer that contradicts nothing ends in a stop, or is asked for again.
        const failure = await sync.provider.sync().then(() => '', String);
        expect(failure).toMatch(/^$|Logto/);
        expect(sync.catalog).toEqual(before);
      },
    );

    it('removes nobody when one page answers 500 and another is empty', async () => {
      await sync.provider.sync();
      const before = new Map(sync.catalog);
      logto.failWith(url => {
        if (/^\/organizations\/o-acme\/users\?/.test(url))
          return emptyAndCounted;
        return /^\/users\?page=2&/.test(url) ? broken : undefined;
      });
      await expect(sync.provider.sync()).rejects.toThrow('Logto');
      expect(sync.catalog).toEqual(before);
    });

    it('keeps a person who slipped through the pages, although the count agrees', async () => {
      await sync.provider.sync();
      const shown = [...logto.users.values()].filter(
        ({ id }) => id !== 'id-13',
      );
      logto.failWith(url => {
        const page = Number(/^\/users\?page=(\d)/.exec(url)?.[1]);
        if (!page) return undefined;
        return {
          type: 'json',
          headers: { 'Total-Number': '24' },
          body: JSON.stringify(
            shown
              .slice((page - 1) * 10, page * 10)
              .map(user => ({ isSuspended: false, ...user })),
          ),
        };
      });
      await expect(sync.provider.sync()).rejects.toThrow(
        'its lists lacked user:default/person13, which exists',
      );
      expect(sync.refs()).toContain('user:default/person13');
    });
  });

  describe('when people leave', () => {
    it('removes those whom Logto does not know any more', async () => {
      await sync.provider.sync();
      logto.users.delete('id-12');
      await expect(sync.provider.sync()).resolves.toMatchObject({ removed: 1 });
      expect(sync.refs()).not.toContain('user:default/person12');
    });

    it('removes a role that nobody has any more, and an organisation that is gone', async () => {
      await sync.provider.sync();
      change('id-10', { organizations: {} });
      for (const { id, organizations } of logto.users.values()) {
        if (organizations?.globex) change(id, { organizations: {} });
      }
      logto.organizations.delete('globex');
      await expect(sync.provider.sync()).resolves.toMatchObject({ removed: 2 });
      expect(sync.refs().filter(ref => ref.includes('globex'))).toEqual([]);
      expect(sync.memberOf('person12')).toEqual([]);
    });

    it('stops before a mass removal, and leaves or removes them as an administrator says', async () => {
      await resetSync(sync, logto, { notify: ['group:default/platform'] });
      populate();
      await sync.provider.sync();
      const before = new Map(sync.catalog);
      for (let number = 20; number < 26; number += 1) {
        logto.users.delete(`id-${number}`);
      }
      await expect(sync.provider.sync()).resolves.toMatchObject({
        state: 'stopped',
      });
      expect(sync.catalog).toEqual(before);
      expect(sync.notify).toHaveBeenCalledTimes(1);
      expect(sync.logger.error).toHaveBeenCalledWith(
        expect.stringMatching(
          /catalog\.providers\.logtoOrg\.test stopped.*POST \/api\/catalog\/logto-org\/test\/approve/,
        ),
      );
      const { digest } = (await sync.stops.get('test'))!;
      await sync.stops.keep('test', digest, 'user:default/priya');
      await expect(sync.provider.sync()).resolves.toMatchObject({
        ...{ state: 'done', removed: 0, kept: 6 },
      });
      expect(sync.catalog).toEqual(before);
      await sync.kept.takeBack('test', digest);
      await sync.provider.sync();
      await sync.stops.approve('test', digest, 'user:default/priya');
      await expect(sync.provider.sync()).resolves.toMatchObject({ removed: 6 });
    });
  });

  describe('events', () => {
    const event = (type: string, more: object = {}) =>
      sync.event({ source: 'logto', type, subjects: [], ...more });

    beforeEach(async () => {
      await sync.provider.sync();
      logto.asked.splice(0);
    });

    it('bring a person who has just signed up, and ask for nobody else', async () => {
      logto.users.set('new', {
        id: 'new',
        username: 'zoe',
        organizations: { acme: ['lead'] },
      });
      await event('PostRegister', { subjects: ['new'] });
      expect(sync.memberOf('zoe')).toEqual(['acme', 'acme.lead']);
      expect(logto.asked.filter(url => !url.includes('new'))).toEqual([]);
    });

    it('of members reach everybody whom they name', async () => {
      change('id-10', { organizations: {} });
      change('id-12', { organizations: { acme: [] } });
      await event('Organization.Membership.Updated', {
        subjects: ['id-10', 'id-12'],
      });
      expect(sync.memberOf('person10')).toEqual([]);
      expect(sync.memberOf('person12')).toEqual(['acme']);
    });

    it('of members that name nobody ask for a sync of everything', async () => {
      await event('Organization.Membership.Updated', { membersOf: 'o-acme' });
      expect(sync.triggerTask).toHaveBeenCalledWith('logto-org:test:sync');
    });

    it('take the organisations of who is suspended, and give them back', async () => {
      const before = sync.catalog.get('user:default/person11');
      change('id-11', { isSuspended: true });
      await event('User.SuspensionStatus.Updated', { subjects: ['id-11'] });
      expect(sync.memberOf('person11')).toEqual([]);
      change('id-11', { isSuspended: false });
      await event('User.SuspensionStatus.Updated', { subjects: ['id-11'] });
      expect(sync.catalog.get('user:default/person11')).toEqual(before);
    });

    it('remove a person only when Logto does not know them', async () => {
      await event('User.Deleted', { subjects: ['id-12'] });
      expect(sync.refs()).toContain('user:default/person12');
      logto.failWith(() => ({ status: 404, body: '<h1>Not found</h1>' }));
      await event('User.Deleted', { subjects: ['id-12'] });
      expect(sync.refs()).toContain('user:default/person12');
      logto.answerAgain();
      logto.users.delete('id-12');
      await event('User.Deleted', { subjects: ['id-12'] });
      expect(sync.refs()).not.toContain('user:default/person12');
    });

    it('bring a new organisation, its members and ask for a sync when one has gone', async () => {
      logto.organizations.set('umbrella', 'Umbrella Corp');
      await event('Organization.Created');
      expect(sync.refs()).toContain('group:default/umbrella-corp');
      change('id-12', { organizations: { hooli: [] } });
      await event('User.Data.Updated', { subjects: ['id-12'] });
      expect(sync.memberOf('person12')).toEqual(['hooli']);
      logto.organizations.delete('umbrella');
      await event('Organization.Deleted');
      expect(sync.triggerTask).toHaveBeenCalledWith('logto-org:test:sync');
    });

    it('ask for a sync of everything for the first who has a role', async () => {
      change('id-12', { organizations: { globex: ['owner'] } });
      await event('User.Data.Updated', { subjects: ['id-12'] });
      expect(sync.triggerTask).toHaveBeenCalledWith('logto-org:test:sync');
      await sync.provider.sync();
      expect(sync.memberOf('person12')).toEqual(['globex', 'globex.owner']);
    });

    it.each(['PostSignIn', 'Role.Created'])(
      'of the type %s ask nothing',
      async type => {
        await event(type, { subjects: ['id-12'] });
        expect(logto.asked).toEqual([]);
      },
    );
  });
});
