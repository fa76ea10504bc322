import { TestPlugin } from '../__testUtils__/TestPlugin';

jest.setTimeout(60_000);

const path = (username: string) =>
  `/persons/${encodeURIComponent(`user:default/${username}`)}/entitlements`;

describe('the dry run of the defaults', () => {
  let plugin: TestPlugin;

  beforeAll(async () => {
    plugin = await TestPlugin.start(undefined, [
      { name: 'everybody', services: ['gitea'], gitea: { teams: ['all'] } },
      {
        name: 'developers',
        match: { organisation: ['acme'], group: ['/acme/developers'] },
        gitea: { teams: ['developers'] },
      },
      { name: 'leads', match: { role: ['lead'] }, gitea: { teams: ['leads'] } },
    ]);
  });
  afterAll(async () => {
    await plugin?.stop();
  });
  beforeEach(async () => {
    await plugin.reset();
    plugin.gitea.entitlements.held.clear();
    plugin.gitea.entitlements.changes.splice(0);
  });

  function developers(...usernames: string[]) {
    for (const username of usernames) {
      const user = plugin.keycloak.users.get(`id-${username}`)!;
      user.groups = ['/acme/developers'];
      user.roles = ['lead'];
    }
  }

  it('says what somebody would get and why, and changes nothing', async () => {
    developers('bob');
    const { status, body } = await plugin.call('get', path('bob'), 'priya');
    expect(status).toBe(200);
    expect(body).toEqual({
      userRef: 'user:default/bob',
      displayName: 'bob',
      organisation: 'acme',
      groups: ['/acme/developers'],
      roles: ['lead'],
      rules: [
        { rule: 'everybody', matches: true, because: 'for everybody' },
        {
          rule: 'developers',
          matches: true,
          because: 'organisation acme and group /acme/developers',
        },
        { rule: 'leads', matches: true, because: 'role lead' },
      ],
      services: [
        {
          service: 'gitea',
          title: 'Gitea',
          change: 'create',
          reasons: [
            { rule: 'everybody', because: 'for everybody' },
            {
              rule: 'developers',
              because: 'organisation acme and group /acme/developers',
            },
            { rule: 'leads', because: 'role lead' },
          ],
          entitlements: [
            {
              kind: 'team',
              name: 'all',
              change: 'give',
              ours: false,
              reasons: [{ rule: 'everybody', because: 'for everybody' }],
            },
            expect.objectContaining({ name: 'developers', change: 'give' }),
            expect.objectContaining({ name: 'leads', change: 'give' }),
          ],
        },
      ],
    });
    expect(plugin.gitea.accounts.size).toBe(0);
    expect(plugin.gitea.entitlements.changes).toEqual([]);
    expect(await plugin.count('persons')).toBe(0);
  });

  it('says what is there, by hand and by a rule, and what a move would change', async () => {
    developers('bob');
    plugin.gitea.entitlements.held.set('bob: team leads', undefined);
    const { body: begun } = await plugin.call('post', '/persons', 'priya', {
      userRef: 'user:default/bob',
    });
    await plugin.finished(begun.run);
    const { status, body } = await plugin.call(
      'post',
      '/entitlements/preview',
      'priya',
      { subject: 'id-bob', as: { organisation: 'globex', groups: [] } },
    );
    expect(status).toBe(200);
    expect(body.services[0]).toMatchObject({
      change: 'keep',
      account: { username: 'bob' },
      entitlements: [
        { name: 'all', change: 'keep', ours: true },
        { name: 'leads', change: 'keep', ours: false },
        { name: 'developers', change: 'take', ours: true, reasons: [] },
      ],
    });
  });

  it('says that a service does not answer, and does not take that for nothing there', async () => {
    plugin.gitea.onLook = () => {
      throw new Error('Gitea is away');
    };
    const { status, body } = await plugin.call('get', path('bob'), 'priya');
    plugin.gitea.onLook = undefined;
    expect(status).toBe(200);
    expect(body.services[0]).toMatchObject({
      problem: 'Gitea is away',
      entitlements: [{ name: 'all', change: 'unknown' }],
    });
  });

  it('shows among the tools of somebody those that they get', async () => {
    const { body: begun } = await plugin.call('post', '/me/runs', 'bob', {});
    await plugin.finished(begun.run, 'bob');
    const { body } = await plugin.call('get', '/me', 'bob');
    expect(body.services).toMatchObject([{ service: 'gitea' }]);
  });

  it('has a bulk onboarding give what rules give to those who have their accounts', async () => {
    const { body: begun } = await plugin.call('post', '/me/runs', 'bob', {});
    await plugin.finished(begun.run, 'bob');
    const { body } = await plugin
      .call('post', '/bulk/preview', 'priya')
      .set('Content-Type', 'text/csv')
      .send('user\nbob\n');
    expect(body.lines).toMatchObject([{ verdict: 'onboard' }]);
  });

  it('says why somebody gets nothing', async () => {
    plugin.keycloak.users.get('id-bob')!.organizations = [];
    const { body } = await plugin.call('get', path('bob'), 'priya');
    expect(body.refusal).toContain('bob does not belong to an organisation');
  });

  it('lets people ask about themselves, and about nobody else of whatever organisation', async () => {
    const own = await plugin.call('get', path('carol'), 'carol');
    expect(own.status).toBe(200);
    const refused = await Promise.all([
      plugin.call('get', path('bob'), 'carol'),
      plugin.call('get', path('hugo'), 'carol'),
      plugin.call('get', path('stranger'), 'carol'),
      plugin.call('post', '/entitlements/preview', 'carol', {
        userRef: 'user:default/hugo',
      }),
      plugin.call('post', '/entitlements/preview', 'carol', {
        userRef: 'user:default/carol',
        as: { organisation: 'globex' },
      }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([
      403, 403, 403, 403, 403,
    ]);
  });

  it.each([
    ['nobody', {}, 400],
    ['two names', { userRef: 'user:default/bob', subject: 'id-bob' }, 400],
    ['an unknown field', { userRef: 'user:default/bob', group: 'x' }, 400],
    ['an unknown subject', { subject: 'id-nobody' }, 404],
    ['a stranger', { userRef: 'user:default/stranger' }, 404],
  ])('refuses %s', async (_what, body, status) => {
    const answer = await plugin.call(
      'post',
      '/entitlements/preview',
      'priya',
      body,
    );
    expect(answer.status).toBe(status);
  });
});
