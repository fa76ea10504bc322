import { createHmac } from 'node:crypto';
import { Run, WebhookDelivery } from '@formulary/plugin-provisioning-common';
import { FakeLogto } from '@formulary/logto-test-utils';
import request from 'supertest';
import { eventually } from './__testUtils__/eventually';
import { TestPlugin } from './__testUtils__/TestPlugin';

jest.setTimeout(60_000);

const SIGNING_KEY = 'signing-key';
const REFUSED_PER_MINUTE = 40;

const sign = (body: string, key = SIGNING_KEY) =>
  createHmac('sha256', key).update(body).digest('hex');

let milliseconds = 0;
/** An event as Logto makes it; no two have the same bytes. */
function logtoEvent(event: string, fields: object) {
  milliseconds += 1;
  return {
    event,
    createdAt: new Date(Date.now() - milliseconds).toISOString(),
    hookId: 'hook-1',
    userAgent: 'jest',
    ip: '127.0.0.1',
    ...fields,
  };
}

describe('the webhook of Logto', () => {
  let logto: FakeLogto;
  let plugin: TestPlugin;

  beforeAll(async () => {
    logto = await FakeLogto.start();
    plugin = await TestPlugin.start({
      logto: logto.config,
      webhooks: {
        logto: { secret: SIGNING_KEY, maxAge: { hours: 2 } },
        refusedPerMinute: REFUSED_PER_MINUTE,
      },
    });
  });
  afterAll(async () => {
    await plugin?.stop();
    await logto?.stop();
  });
  beforeEach(async () => {
    await plugin.reset();
    logto.answerAgain();
    logto.users.clear();
    for (const id of ['bob', 'carol', 'hugo']) {
      logto.users.set(`id-${id}`, {
        id: `id-${id}`,
        username: id,
        primaryEmail: `${id}@acme.example`,
        organizations: { acme: [] },
      });
    }
  });

  function send(body: string, signature: string | undefined = sign(body)) {
    const call = request(plugin.backend.server)
      .post('/api/provisioning/webhooks/logto')
      .set('Content-Type', 'application/json');
    return (
      signature ? call.set('logto-signature-sha-256', signature) : call
    ).send(body);
  }
  const deliver = (event: object) => send(JSON.stringify(event));

  const signUp = () =>
    logtoEvent('PostRegister', {
      userId: 'id-bob',
      user: { id: 'id-bob', username: 'bob' },
    });
  const created = () =>
    logtoEvent('User.Created', { data: { id: 'id-bob', username: 'bob' } });
  const deleted = () =>
    logtoEvent('User.Deleted', { data: null, params: { userId: 'id-bob' } });

  /** The newest delivery of a type, once it is done with. */
  function handled(type: string): Promise<WebhookDelivery> {
    return eventually(async () => {
      const { body } = await plugin.call('get', '/deliveries', 'priya');
      const delivery: WebhookDelivery | undefined = body.items.find(
        (item: WebhookDelivery) => item.type === type,
      );
      return delivery && delivery.state !== 'stored' && delivery;
    });
  }

  async function runOf(type: string): Promise<Run> {
    const { runId } = await handled(type);
    return plugin.finished({ id: runId! });
  }

  async function lifecycleOf(username: string) {
    const path = `/persons/${encodeURIComponent(`user:default/${username}`)}`;
    return (await plugin.call('get', path, 'priya')).body.lifecycle?.state;
  }

  async function haveAccounts(...usernames: string[]) {
    await eventually(async () => {
      const rows = await plugin
        .knex('accounts')
        .join('persons', 'persons.id', 'accounts.person_id')
        .where('accounts.state', 'active');
      return rows.length === usernames.length;
    });
    const states = await Promise.all(usernames.map(lifecycleOf));
    expect(states).toEqual(usernames.map(() => 'active'));
  }

  describe('joiners, movers and leavers', () => {
    it('prepares the accounts of somebody who signed up', async () => {
      const response = await deliver(signUp());
      expect(response.status).toBe(202);
      expect(response.body).toEqual({ status: 'stored' });
      expect(await runOf('PostRegister')).toMatchObject({
        source: 'webhook',
        requestedBy: 'logto',
        state: 'succeeded',
      });
    });

    it('makes one account from the two events of a sign-up, in any order', async () => {
      await Promise.all([deliver(created()), deliver(signUp())]);
      await Promise.all([runOf('User.Created'), runOf('PostRegister')]);
      expect(await plugin.count('persons')).toBe(1);
      expect(await plugin.count('accounts')).toBe(1);
      expect(plugin.gitea.accounts.size).toBe(1);
    });

    it('suspends and restores with Logto’s own suspension', async () => {
      await deliver(signUp());
      await runOf('PostRegister');
      const suspension = (isSuspended: boolean) => {
        logto.users.set('id-bob', {
          ...logto.users.get('id-bob')!,
          isSuspended,
        });
        return deliver(
          logtoEvent('User.SuspensionStatus.Updated', {
            data: { id: 'id-bob', isSuspended },
          }),
        );
      };
      await suspension(true);
      expect(await runOf('User.SuspensionStatus.Updated')).toMatchObject({
        kind: 'suspend',
        message: 'Disabled at the identity provider',
      });
      await suspension(false);
      await eventually(async () => (await lifecycleOf('bob')) === 'active');
    });

    it('suspends somebody who was deleted', async () => {
      await deliver(signUp());
      await runOf('PostRegister');
      logto.users.delete('id-bob');
      await deliver(deleted());
      expect(await runOf('User.Deleted')).toMatchObject({
        kind: 'suspend',
        message: 'Deleted at the identity provider',
        state: 'succeeded',
      });
    });

    it('makes nothing of a deletion that arrives before the sign-up', async () => {
      logto.users.delete('id-bob');
      await deliver(deleted());
      await handled('User.Deleted');
      await deliver(signUp());
      expect(await handled('PostRegister')).toMatchObject({ state: 'ignored' });
      expect(await plugin.count('persons')).toBe(0);
    });

    it.each([
      ['is still there', undefined],
      ['fails', { status: 503 }],
      ['answers with an empty body', { status: 200 }],
      ['answers with an empty object', { status: 200, body: '{}' }],
      ['answers with an empty list', { status: 200, body: '[]' }],
      ['answers with a page', { status: 200, body: '<html></html>' }],
      ['is not where it was', { status: 404, body: '<h1>Not Found</h1>' }],
      ['has another 404', { status: 404, body: '{"code":"entity.gone"}' }],
      ['refuses the app', { status: 403, body: '{"code":"auth.forbidden"}' }],
    ])('suspends nobody when Logto %s', async (_what, answer) => {
      await deliver(signUp());
      await runOf('PostRegister');
      if (answer) logto.answerWith('id-bob', answer);
      await deliver(deleted());
      await eventually(async () => {
        const { body } = await plugin.call('get', '/deliveries', 'priya');
        return body.items[0].message ?? body.items[0].runId;
      });
      logto.answerAgain();
      expect(await lifecycleOf('bob')).toBe('active');
      expect(await plugin.knex('runs').where({ kind: 'suspend' })).toEqual([]);
    });
  });

  describe('changes of members', () => {
    const membership = (fields: object) =>
      deliver(
        logtoEvent('Organization.Membership.Updated', {
          organizationId: 'o-acme',
          ...fields,
        }),
      );

    it('reach everybody who was added or removed', async () => {
      await membership({
        addedUserIds: ['id-bob', 'id-carol'],
        removedUserIds: ['id-hugo'],
      });
      await haveAccounts('bob', 'carol', 'hugo');
      expect(await handled('Organization.Membership.Updated')).toMatchObject({
        state: 'processed',
        message: 'About 3 people; runs for 3 of them',
      });
    });

    it('reach every member when an older Logto does not say whose', async () => {
      await membership({});
      await haveAccounts('bob', 'carol', 'hugo');
      expect(plugin.gitea.accounts.size).toBe(3);
    });

    it('of apps are nobody’s', async () => {
      await membership({ addedApplicationIds: ['app-1'] });
      expect(await handled('Organization.Membership.Updated')).toMatchObject({
        state: 'ignored',
      });
      expect(await plugin.count('persons')).toBe(0);
    });

    it('reach the others when it fails for one, who follows later', async () => {
      logto.answerWith('id-carol', { status: 503 });
      await membership({ addedUserIds: ['id-bob', 'id-carol', 'id-hugo'] });
      await haveAccounts('bob', 'hugo');
      const { message } = await eventually(async () => {
        const { body } = await plugin.call('get', '/deliveries', 'priya');
        return body.items[0].message && body.items[0];
      });
      expect(message).toContain('Failed for 1 of 3 people: Logto');
      logto.answerAgain();
      await haveAccounts('bob', 'carol', 'hugo');
      expect(plugin.gitea.accounts.size).toBe(3);
    });
  });

  describe('what it takes', () => {
    it('is told of once, however often it is sent', async () => {
      const body = JSON.stringify(signUp());
      const answers = await Promise.all([1, 2, 3].map(() => send(body)));
      expect(answers.map(answer => answer.body.status).sort()).toEqual([
        'duplicate',
        'duplicate',
        'stored',
      ]);
      await runOf('PostRegister');
      expect(await plugin.count('runs')).toBe(1);
    });

    it.each(['PostSignIn', 'PostResetPassword', 'Role.Created'])(
      'is kept and ignored when it is %s',
      async type => {
        const answer = await deliver(logtoEvent(type, { userId: 'id-bob' }));
        expect(answer.body).toEqual({ status: 'ignored' });
        expect(
          await plugin.knex('webhook_deliveries').select('state', 'type'),
        ).toEqual([{ state: 'ignored', type }]);
      },
    );
  });

  describe('what it refuses', () => {
    const valid = JSON.stringify(signUp());
    const old = (ms: number) =>
      JSON.stringify({
        ...signUp(),
        createdAt: new Date(Date.now() - ms).toISOString(),
      });
    const stale = old(2 * 3_600_000 + 1_000);
    const large = JSON.stringify({ ...signUp(), data: 'x'.repeat(300_000) });
    const undated = JSON.stringify({ ...signUp(), createdAt: undefined });
    const crowded = JSON.stringify(
      logtoEvent('Organization.Membership.Updated', {
        addedUserIds: Array.from({ length: 5001 }, (_, index) => `u${index}`),
      }),
    );

    it.each([
      ['without a signature', valid, '', 401],
      ['signed with another key', valid, sign(valid, 'other'), 401],
      ['with the signature of another body', valid, sign(stale), 401],
      ['with a signature that is none', valid, 'zz', 401],
      ['with half a signature', valid, sign(valid).slice(0, 32), 401],
      ['that is empty', '', sign(''), 400],
      ['that is no JSON', '{"event":', sign('{"event":'), 400],
      ['that is no event', '{"hello":"world"}', sign('{"hello":"world"}'), 400],
      ['that is a list', '[]', sign('[]'), 400],
      ['without a date', undated, sign(undated), 400],
      ['with more members than Logto sends', crowded, sign(crowded), 400],
      ['that is stale', stale, sign(stale), 400],
      ['that is too large', large, sign(large), 413],
    ])('is a delivery %s', async (_what, body, signature, status) => {
      const answer = await send(body, signature);
      expect(answer.status).toBe(status);
      expect(answer.body.error.message).toBeTruthy();
      expect(JSON.stringify(answer.body)).not.toContain(SIGNING_KEY);
      expect(await plugin.count('webhook_deliveries')).toBe(0);
    });

    it('is not one that is a little late', async () => {
      expect((await send(old(3_600_000))).status).toBe(202);
    });

    it('is audited', async () => {
      await send(valid, sign(valid, 'other'));
      expect(plugin.auditor.createEvent.mock.calls[0][0]).toMatchObject({
        eventId: 'webhook-delivery',
        meta: { source: 'logto' },
      });
      const audited = await plugin.auditor.createEvent.mock.results[0].value;
      expect(audited.fail).toHaveBeenCalled();
    });
  });

  // The last, since it uses up what the address may do within a minute.
  describe('an address that is refused too often', () => {
    it('is held off, while new deliveries never count', async () => {
      const many = Array.from({ length: REFUSED_PER_MINUTE * 2 }, () =>
        logtoEvent('PostSignIn', { userId: 'id-bob' }),
      );
      for (const event of many) {
        expect((await deliver(event)).status).toBe(202);
      }
      const last = await eventually(async () => {
        const answer = await send('{}', 'zz');
        return answer.status !== 401 && answer;
      });
      expect(last.status).toBe(429);
      expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
      expect(last.body.error.message).toContain('Retry-After');
    });
  });
});
