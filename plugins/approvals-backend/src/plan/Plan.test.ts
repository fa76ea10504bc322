import { Rule } from '../rules/Rule';
import { differencesOf, planOf } from './Plan';
import { withoutSecrets } from './withoutSecrets';

const task = {
  taskId: '1',
  templateRef: 'template:default/research',
  templateTitle: 'Research',
  parameters: {},
  template: { steps: [{ id: 'approval' }], output: {} },
};
const asked = { taskId: '1', stepId: 'approval', reason: 'An experiment' };
const rule: Rule = {
  name: 'gpu',
  match: {},
  approvers: { users: [], groups: [], organisationAdmins: true },
  expiryMs: 1,
  delegation: true,
};

describe('planOf', () => {
  const plan = planOf(task, asked, rule, { a: 1, b: { c: 2, d: 3 } });

  it('is the same for another task with the same plan, in whatever order', () => {
    expect(
      planOf(
        { ...task, taskId: '2' },
        { ...asked, taskId: '2' },
        { ...rule, expiryMs: 2 },
        { b: { d: 3, c: 2 }, a: 1 },
      ),
    ).toEqual(plan);
  });

  it.each([
    [
      'template',
      planOf({ ...task, template: { steps: [], output: {} } }, asked, rule, {
        a: 1,
        b: { c: 2, d: 3 },
      }),
    ],
    ['parameters', planOf(task, asked, rule, { a: 2 })],
    [
      'request',
      planOf(task, { ...asked, cost: 5 }, rule, { a: 1, b: { c: 2, d: 3 } }),
    ],
    [
      'rule',
      planOf(
        task,
        asked,
        { ...rule, match: { costAbove: 1 } },
        {
          a: 1,
          b: { c: 2, d: 3 },
        },
      ),
    ],
  ])('is another one with another %s', (part, other) => {
    expect(other.hash).not.toBe(plan.hash);
    expect(differencesOf(plan.parts, other.parts)).toEqual([part]);
  });
});

describe('withoutSecrets', () => {
  it('leaves out what goes by the name of a secret, at any depth', () => {
    expect(
      withoutSecrets({
        name: 'x',
        password: 'hush',
        list: [{ apiKey: 'hush', ok: true }],
        deep: { accessToken: 'hush', none: null },
      }),
    ).toEqual({
      kept: { name: 'x', list: [{ ok: true }], deep: { none: null } },
      omitted: ['password', 'list[0].apiKey', 'deep.accessToken'],
    });
  });
});
