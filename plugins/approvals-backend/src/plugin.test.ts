import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { TestPlugin } from './__testUtils__/TestPlugin';

const rules = [
  {
    name: 'gpu',
    match: { templates: ['formula:default/research'], organisations: ['acme'] },
    approvers: { organisationAdmins: true },
    expiry: { days: 3 },
  },
  {
    name: 'cost',
    match: { costAbove: 100 },
    approvers: { groups: ['group:default/formulary-platform'] },
    delegation: false,
  },
];

let plugin: TestPlugin;

beforeAll(async () => {
  plugin = await TestPlugin.start({
    organisationAdmins: 'group:default/{organisation}-leads',
    rules,
  });
}, 60_000);
afterEach(() => plugin.reset());
afterAll(() => plugin.stop());

describe('asking for an approval', () => {
  it('lets a task go on when no rule fits', async () => {
    expect(await plugin.asked('hugo')).toEqual({ outcome: 'notNeeded' });
  });

  it('asks as a formula would whose things another template makes', async () => {
    const workspace = { templateRef: 'template:default/workspace' };
    expect(await plugin.asked('bob', workspace)).toEqual({
      outcome: 'notNeeded',
    });
    for (const formula of [
      'formula:default/research',
      'Formula:Default/Research',
    ]) {
      const { outcome, approval } = await plugin.asked('bob', workspace, {
        formulas: [formula],
      });
      expect(outcome).toBe('pending');
      expect(approval.rule).toBe('gpu');
    }
  });

  it('takes no formula that is none', async () => {
    const { body } = await plugin
      .require('bob', {
        taskId: plugin.task({ user: 'bob' }),
        formulas: ['component:default/research'],
      })
      .expect(400);
    expect(body.error.message).toContain('formula:default/ml-research');
  });

  it('stores the request and tells those who may decide', async () => {
    const { outcome, approval, approvers } = await plugin.asked(
      'bob',
      { parameters: { gpu: 2, apiToken: 'hush' } },
      { preview: ['A workspace with 2 GPUs'], cost: 80, secretKeys: ['pin'] },
    );
    expect(outcome).toBe('pending');
    expect(approvers).toEqual(['group:default/acme-leads']);
    expect(approval).toMatchObject({
      state: 'pending',
      title: 'Research',
      rule: 'gpu',
      requester: 'user:default/bob',
      organisation: 'acme',
      cost: 80,
    });
    const seen = await plugin.seen(approval.id, 'alice');
    expect(seen).toMatchObject({
      parameters: { gpu: 2 },
      omitted: ['apiToken', 'pin'],
      preview: ['A workspace with 2 GPUs'],
      may: { decide: true, delegate: true, cancel: false, start: false },
      history: [{ type: 'request.created', actor: 'user:default/bob' }],
    });
    expect(plugin.told).toMatchObject([
      {
        recipients: {
          entityRef: ['group:default/acme-leads'],
          excludeEntityRef: 'user:default/bob',
        },
        payload: { link: `/approvals/to-decide/${approval.id}` },
      },
    ]);
    const stored = await plugin.knex('requests').first();
    expect(JSON.stringify(stored)).not.toContain('hush');
  });

  it('asks once for one plan, however many tasks ask together', async () => {
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => plugin.asked('bob')),
    );
    expect(new Set(asked.map(({ approval }) => approval.id)).size).toBe(1);
    expect(plugin.told).toHaveLength(1);
  });

  it('is for the scaffolder only', async () => {
    const body = {
      taskId: plugin.task({ user: 'bob' }),
      stepId: 'approval',
      reason: 'Mine',
    };
    expect((await plugin.call('post', '/requests', 'bob', body)).status).toBe(
      403,
    );
    await request(plugin.backend.server)
      .post('/api/approvals/requests')
      .set('Authorization', mockCredentials.service.header())
      .send(body)
      .expect(403);
    await request(plugin.backend.server)
      .post('/api/approvals/requests')
      .set('Authorization', mockCredentials.none.header())
      .send(body)
      .expect(401);
  });

  it("is refused for somebody else's task", async () => {
    const { body } = await plugin
      .require('bob', { taskId: plugin.task({ user: 'carol' }) })
      .expect(403);
    expect(body.error.message).toContain('not started by user:default/bob');
  });

  it('is refused to somebody whom the catalog does not know', async () => {
    const { body } = await plugin
      .require('nobody', { taskId: plugin.task({ user: 'nobody' }) })
      .expect(400);
    expect(body.error.message).toContain('not in the catalog');
  });

  it.each([
    ['no reason', { reason: ' ' }, 'reason'],
    ['a negative cost', { cost: -1 }, 'cost'],
    ['a key that there is not', { approved: true }, 'approved'],
    ['too long a preview', { preview: Array(101).fill('x') }, 'preview'],
  ])('is refused with %s, and stores nothing', async (_what, bad, named) => {
    const { body } = await plugin
      .require('bob', { taskId: plugin.task({ user: 'bob' }), ...bad })
      .expect(400);
    expect(body.error.message).toContain(named);
    expect(await plugin.knex('requests')).toEqual([]);
  });
});

describe('deciding', () => {
  it('is done by an approver, kept with its reason, and told to the requester', async () => {
    const { approval } = await plugin.asked('bob');
    const { body } = await plugin.decide(approval.id, 'alice').expect(200);
    expect(body).toMatchObject({
      state: 'approved',
      decidedBy: 'user:default/alice',
      decisionReason: 'Because',
      may: { decide: false, start: false },
    });
    expect((await plugin.seen(approval.id, 'bob')).may).toEqual({
      decide: false,
      delegate: false,
      cancel: true,
      start: true,
    });
    expect(plugin.told.at(-1)).toMatchObject({
      recipients: { entityRef: 'user:default/bob' },
      payload: { link: `/approvals/mine/${approval.id}` },
    });
    expect(plugin.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'approval-decide' }),
    );
  });

  it.each([
    ['the requester', 'bob', 403],
    ['a colleague who is no approver', 'carol', 404],
    ['an admin of another organisation', 'gina', 404],
    [
      'an administrator of the portal whom the rule does not name',
      'priya',
      403,
    ],
  ])('is refused to %s', async (_who, user, status) => {
    const { approval } = await plugin.asked('bob');
    await plugin.decide(approval.id, user).expect(status);
    expect((await plugin.seen(approval.id, 'alice')).state).toBe('pending');
  });

  it('is never for oneself, also not as a member of the approving group', async () => {
    const { approval } = await plugin.asked('alice');
    expect((await plugin.decide(approval.id, 'alice')).status).toBe(403);
  });

  it('is for people, not for tasks in their name', async () => {
    const { approval } = await plugin.asked('bob');
    const { status } = await request(plugin.backend.server)
      .post(`/api/approvals/requests/${approval.id}/decide`)
      .set(
        'Authorization',
        `Bearer ${mockCredentials.user.token('user:default/alice', {
          actor: { subject: 'plugin:scaffolder' },
        })}`,
      )
      .send({ decision: 'approve', reason: 'Mine' });
    expect(status).toBe(403);
  });

  it.each([1, 2, 3, 4, 5])(
    'has one winner when many decide at once (round %d)',
    async round => {
      const { approval } = await plugin.asked('bob', {
        parameters: { round },
      });
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          plugin.decide(
            approval.id,
            'alice',
            index % 2 === 0 ? 'approve' : 'reject',
          ),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter(status => status === 200)).toHaveLength(1);
      expect(statuses.filter(status => status === 409)).toHaveLength(9);
      const winner = answers.find(({ status }) => status === 200)!;
      const { state, history } = await plugin.seen(approval.id, 'alice');
      expect(state).toBe(winner.body.state);
      expect(history.map(({ type }) => type)).toEqual([
        'request.created',
        `request.${state}`,
      ]);
    },
  );

  it('comes too late once the time has run out', async () => {
    const { approval } = await plugin.asked('bob');
    await plugin.runOut(approval.id);
    const { body } = await plugin.decide(approval.id, 'alice').expect(409);
    expect(body.error.message).toContain('has expired');
    expect((await plugin.seen(approval.id, 'bob')).state).toBe('expired');
  });

  it('is for the people whom a rule names, of whatever organisation', async () => {
    const { approval } = await plugin.asked('hugo', {}, { cost: 101 });
    expect(approval.rule).toBe('cost');
    expect((await plugin.decide(approval.id, 'gina')).status).toBe(404);
    await plugin.decide(approval.id, 'priya').expect(200);
  });
});

describe('using an approval', () => {
  async function approved(parameters = { gpu: 2 }): Promise<string> {
    const { approval } = await plugin.asked('bob', { parameters });
    await plugin.decide(approval.id, 'alice').expect(200);
    return approval.id;
  }

  it('works once, for a fresh task with the same plan', async () => {
    const id = await approved();
    const fresh = await plugin.asked('bob');
    expect(fresh).toMatchObject({
      outcome: 'approved',
      approval: { id, state: 'used', decidedBy: 'user:default/alice' },
    });
    const again = await plugin.asked('bob');
    expect(again.outcome).toBe('pending');
    expect(again.approval.id).not.toBe(id);
  });

  it('goes to one of many tasks that start at once', async () => {
    const id = await approved();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => plugin.asked('bob')),
    );
    const winners = answers.filter(({ outcome }) => outcome === 'approved');
    expect(winners.map(({ approval }) => approval.id)).toEqual([id]);
  });

  it('lets a task that comes back go on with what it has used', async () => {
    await approved();
    const taskId = plugin.task({ user: 'bob' });
    const first = await plugin.require('bob', { taskId });
    const second = await plugin.require('bob', { taskId });
    expect(first.body.outcome).toBe('approved');
    expect(second.body).toEqual(first.body);
  });

  it('does not work for somebody else', async () => {
    await approved();
    expect((await plugin.asked('carol')).outcome).toBe('pending');
  });

  it('does not work with other parameters, which are asked for anew', async () => {
    const id = await approved();
    const other = await plugin.asked('bob', { parameters: { gpu: 4 } });
    expect(other).toMatchObject({
      outcome: 'pending',
      differences: ['parameters'],
    });
    expect((await plugin.seen(other.approval.id, 'alice')).previous).toEqual({
      id,
      differences: ['parameters'],
    });
    expect((await plugin.seen(id, 'bob')).state).toBe('approved');
  });

  it('does not work with another reason or preview', async () => {
    await approved();
    const other = await plugin.asked(
      'bob',
      {},
      { preview: ['Something else'] },
    );
    expect(other.differences).toEqual(['request']);
  });

  it('ends when the template has changed', async () => {
    const id = await approved();
    const other = await plugin.asked('bob', {
      steps: [{ id: 'approval', name: 'Approval', action: 'something:else' }],
    });
    expect(other).toMatchObject({
      outcome: 'pending',
      differences: ['template'],
    });
    expect((await plugin.seen(id, 'bob')).state).toBe('expired');
  });

  it('does not work after its time, nor after it was taken back', async () => {
    const id = await approved();
    await plugin.runOut(id);
    expect((await plugin.asked('bob')).outcome).toBe('pending');

    const other = await approved({ gpu: 1 });
    await plugin
      .call('post', `/requests/${other}/cancel`, 'bob', { reason: 'No need' })
      .expect(200);
    expect(
      (await plugin.asked('bob', { parameters: { gpu: 1 } })).outcome,
    ).toBe('pending');
  });

  it('does not work when it was rejected', async () => {
    const { approval } = await plugin.asked('bob');
    await plugin.decide(approval.id, 'alice', 'reject').expect(200);
    expect((await plugin.asked('bob')).outcome).toBe('pending');
  });
});

describe('handing a request on', () => {
  const hand = (id: string, from: string, to: string) =>
    plugin.call('post', `/requests/${id}/delegate`, from, {
      userRef: `user:default/${to}`,
      reason: 'On holiday',
    });

  it('lets a colleague decide, and is recorded', async () => {
    const { approval } = await plugin.asked('bob');
    const { body } = await hand(approval.id, 'alice', 'carol').expect(200);
    expect(body.approvers).toContainEqual({
      ref: 'user:default/carol',
      delegatedBy: 'user:default/alice',
    });
    expect(body.history.at(-1)).toMatchObject({
      type: 'request.delegated',
      actor: 'user:default/alice',
      message: 'Handed to user:default/carol: On holiday',
    });
    await plugin.decide(approval.id, 'carol').expect(200);
  });

  it.each([
    ['somebody of another organisation', 'alice', 'gina', 400],
    ['the requester', 'alice', 'bob', 400],
    ['somebody that there is not', 'alice', 'nobody', 400],
    ['somebody who may decide anyway', 'alice', 'alice', 400],
    ['a colleague, by the requester', 'bob', 'carol', 403],
    ['a colleague, by a stranger', 'gina', 'carol', 404],
  ])('is refused to %s', async (_what, from, to, status) => {
    const { approval } = await plugin.asked('bob');
    await hand(approval.id, from, to).expect(status);
    expect((await plugin.seen(approval.id, 'bob')).approvers).toHaveLength(1);
  });

  it('is refused when the rule forbids it, and after the decision', async () => {
    const dear = await plugin.asked('hugo', {}, { cost: 500 });
    expect((await hand(dear.approval.id, 'priya', 'gina')).status).toBe(403);
    const { approval } = await plugin.asked('bob');
    await plugin.decide(approval.id, 'alice').expect(200);
    await hand(approval.id, 'alice', 'carol').expect(409);
  });
});

describe('seeing requests', () => {
  const ids = async (user: string, query: string) => {
    const { body } = await plugin
      .call('get', `/requests?${query}`, user)
      .expect(200);
    return body.items.map(({ id }: { id: string }) => id);
  };

  it('is for the requester, those who may decide, and administrators', async () => {
    const { approval } = await plugin.asked('bob');
    const { approval: dear } = await plugin.asked('hugo', {}, { cost: 101 });
    expect(await ids('bob', 'view=mine')).toEqual([approval.id]);
    expect(await ids('alice', 'view=decide')).toEqual([approval.id]);
    expect(await ids('bob', 'view=decide')).toEqual([]);
    expect(await ids('gina', 'view=decide')).toEqual([]);
    expect(await ids('priya', 'view=decide')).toEqual([dear.id]);
    expect(await ids('priya', 'view=all')).toEqual([dear.id, approval.id]);
    await plugin.call('get', '/requests?view=all', 'bob').expect(403);
    await plugin.call('get', `/requests/${approval.id}`, 'hugo').expect(404);
    await plugin.call('get', `/requests/${dear.id}`, 'bob').expect(404);
    await plugin.call('get', '/requests/nothing', 'bob').expect(404);
  });

  it('is in pages that have a bound, by state', async () => {
    for (let n = 0; n < 3; n++) {
      await plugin.asked('bob', { parameters: { n } });
    }
    const { body } = await plugin
      .call('get', '/requests?limit=2&state=pending', 'bob')
      .expect(200);
    expect(body.items).toHaveLength(2);
    expect(body.totalItems).toBe(3);
    expect(await ids('bob', 'state=used')).toEqual([]);
    await plugin.call('get', '/requests?limit=101', 'bob').expect(400);
  });

  it('leaves others to cancel only with the permission', async () => {
    const { approval } = await plugin.asked('bob');
    await plugin
      .call('post', `/requests/${approval.id}/cancel`, 'alice')
      .expect(403);
    await plugin
      .call('post', `/requests/${approval.id}/cancel`, 'priya')
      .expect(200);
    expect((await plugin.decide(approval.id, 'alice')).status).toBe(409);
  });
});

it('keeps what happened from being changed', async () => {
  await plugin.asked('bob');
  await expect(
    plugin.knex('events').update({ actor: 'user:default/carol' }),
  ).rejects.toThrow('only ever added to');
  await expect(plugin.knex('events').delete()).rejects.toThrow(
    'only ever added to',
  );
});
