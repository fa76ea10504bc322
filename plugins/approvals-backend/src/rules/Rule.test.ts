import { firstMatch, Rule, RuleMatch, RuleSubject } from './Rule';

const subject: RuleSubject = {
  templateRef: 'template:default/research',
  formulaRefs: ['formula:default/research'],
  usedRefs: ['formula:default/used'],
  services: ['gitea', 'coder'],
  requesterRefs: new Set(['user:default/bob', 'group:default/acme-developers']),
  organisation: 'acme',
  cost: 100,
};

function rule(name: string, match: RuleMatch): Rule {
  return {
    name,
    match,
    approvers: { users: [], groups: [], organisationAdmins: true },
    expiryMs: 1,
    delegation: true,
  };
}

describe('firstMatch', () => {
  it.each<[string, RuleMatch, boolean]>([
    ['everything', {}, true],
    ['the template', { templates: ['template:default/research'] }, true],
    ['its formula', { templates: ['formula:default/research'] }, true],
    ['a formula that it uses', { templates: ['formula:default/used'] }, true],
    ['another template', { templates: ['template:default/x'] }, false],
    ['a service of it', { services: ['twenty', 'coder'] }, true],
    ['another service', { services: ['twenty'] }, false],
    ['the group', { requesters: ['group:default/acme-developers'] }, true],
    ['another group', { requesters: ['group:default/acme-leads'] }, false],
    ['the organisation', { organisations: ['acme'] }, true],
    ['another organisation', { organisations: ['globex'] }, false],
    ['a lower cost', { costAbove: 99 }, true],
    ['the cost itself', { costAbove: 100 }, false],
    ['one of two conditions', { services: ['coder'], costAbove: 100 }, false],
  ])('of a rule for %s', (_what, match, fits) => {
    expect(firstMatch([rule('it', match)], subject) !== undefined).toBe(fits);
  });

  it('is not a rule of cost where no cost is given', () => {
    expect(
      firstMatch([rule('cost', { costAbove: 0 })], {
        ...subject,
        cost: undefined,
      }),
    ).toBeUndefined();
  });

  it('is the first of several', () => {
    expect(
      firstMatch([rule('one', {}), rule('other', {})], subject)?.name,
    ).toBe('one');
  });
});
