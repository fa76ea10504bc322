import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readOrganisationAdmins, readRules } from './readRules';

const approvers = { users: ['user:default/alice'] };

function read(...rules: JsonObject[]) {
  return readRules(new ConfigReader({ approvals: { rules } }));
}

describe('readRules', () => {
  it('has no rules without a config', () => {
    expect(readRules(new ConfigReader({}))).toEqual([]);
  });

  it('reads a rule with its defaults', () => {
    expect(read({ name: 'all', approvers })).toEqual([
      {
        name: 'all',
        match: {},
        approvers: { ...approvers, groups: [], organisationAdmins: false },
        delegation: true,
        expiryMs: 7 * 24 * 3_600_000,
        reminderMs: undefined,
      },
    ]);
  });

  it('writes refs as the catalog does, and reads durations', () => {
    const [rule] = read({
      name: 'gpu',
      match: { templates: ['Template:Default/GPU'] },
      approvers,
      expiry: '2 days',
      reminder: { hours: 12 },
    });
    expect(rule).toMatchObject({
      match: { templates: ['template:default/gpu'] },
      expiryMs: 172_800_000,
      reminderMs: 43_200_000,
    });
  });

  it.each<[string, JsonObject, string]>([
    ['nobody to approve', { approvers: {} }, 'approvals.rules[0].approvers'],
    ['no approvers', {}, 'approvals.rules[0].approvers'],
    [
      'a group among the users',
      { approvers: { users: ['group:default/acme'] } },
      'approvals.rules[0].approvers.users[0]: wants a ref such as user:default/name',
    ],
    [
      'a key that there is not',
      { approvers, match: { template: 'x' } },
      'approvals.rules[0].match: Unrecognized key: "template"',
    ],
    [
      'a cost that is no number',
      { approvers, match: { costAbove: 'much' } },
      'approvals.rules[0].match.costAbove',
    ],
    ['an expiry of no time', { approvers, expiry: { seconds: 1 } }, 'expiry'],
    ['an expiry that is none', { approvers, expiry: 'soon' }, 'expiry'],
    [
      'admins of organisations that are not known',
      { approvers: { organisationAdmins: true } },
      'approvals.organisationAdmins has to say',
    ],
  ])('refuses %s, and names the key', (_what, rule, words) => {
    expect(() => read({ name: 'bad', ...rule })).toThrow(words);
  });

  it('refuses two rules of one name', () => {
    const rule = { name: 'same', approvers };
    expect(() => read(rule, rule)).toThrow('approvals.rules[1].name: "same"');
  });
});

describe('readOrganisationAdmins', () => {
  const pattern = (organisationAdmins: string) =>
    readOrganisationAdmins(
      new ConfigReader({ approvals: { organisationAdmins } }),
    );

  it('names the group of an organisation', () => {
    expect(pattern('group:default/{organisation}-leads')?.('Acme')).toBe(
      'group:default/acme-leads',
    );
  });

  it.each([
    'group:default/leads',
    'user:default/{organisation}',
    '{organisation}',
  ])('refuses %s', bad => {
    expect(() => pattern(bad)).toThrow('approvals.organisationAdmins wants');
  });
});
