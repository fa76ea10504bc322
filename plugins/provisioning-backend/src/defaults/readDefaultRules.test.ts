import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { FakeConnector } from '../__testUtils__/FakeConnector';
import { personNamed } from '../__testUtils__/people';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { readDefaultRules } from './readDefaultRules';

function rulesOf(...defaults: JsonObject[]) {
  const connectors = new ConnectorRegistry();
  connectors.addConnector(new FakeConnector('gitea'));
  connectors.addConnector(new FakeConnector('coder'));
  return readDefaultRules(
    new ConfigReader({ provisioning: { defaults } }),
    connectors,
  );
}

const bob = {
  ...personNamed('bob'),
  organisation: 'acme',
  groups: ['/acme/developers/backend'],
  roles: ['lead'],
};

describe('readDefaultRules', () => {
  it.each([
    [
      'a misspelt key',
      { name: 'a', servces: ['gitea'] },
      'provisioning.defaults[0].servces is not known here',
    ],
    [
      'a misspelt criterion',
      { name: 'a', match: { organization: ['acme'] } },
      'provisioning.defaults[0].match.organization is not known here',
    ],
    [
      'a misspelt key within a service',
      { name: 'a', gitea: { team: ['acme/dev'] } },
      'provisioning.defaults[0].gitea.team is not known here',
    ],
    [
      'a service that is not set up',
      { name: 'a', jira: { projects: ['X'] } },
      'provisioning.defaults[0].jira is not known here. Check the spelling, and that its service is set up',
    ],
    [
      'the name of a service that is not set up',
      { name: 'a', services: ['gitea', 'giteea'] },
      'provisioning.defaults[0].services[1]: "giteea" is not set up in this portal. Services that are: gitea, coder',
    ],
    [
      'a rule without a name',
      { services: ['gitea'] },
      'provisioning.defaults[0].name',
    ],
    [
      'a text in place of a list',
      { name: 'a', match: { group: 'developers' } },
      'provisioning.defaults[0].match.group',
    ],
    [
      'a list that nobody can match',
      { name: 'a', match: { group: [] } },
      'provisioning.defaults[0].match.group',
    ],
  ])('refuses %s and says where', (_what, rule, message) => {
    expect(() => rulesOf(rule)).toThrow(message);
  });

  it('refuses two rules of one name', () => {
    expect(() => rulesOf({ name: 'a' }, { name: 'a' })).toThrow(
      'provisioning.defaults[1].name: another rule is called "a", too',
    );
  });

  it('gives everybody all services without any rule, and with rules that choose none', () => {
    expect(rulesOf().servicesFor(bob)).toEqual(['gitea', 'coder']);
    const rules = rulesOf({ name: 'a', gitea: { teams: ['x'] } });
    expect(rules.servicesFor(bob)).toEqual(['gitea', 'coder']);
  });
});

describe('the rules', () => {
  it.each([
    ['the organisation', { organisation: ['globex', 'ACME'] }, true],
    ['another organisation', { organisation: ['globex'] }, false],
    ['a group by name', { group: ['backend'] }, true],
    ['a group above by path', { group: ['/acme/developers'] }, true],
    ['a group above by name', { group: ['developers'] }, false],
    ['a group whose path begins alike', { group: ['/acme/dev'] }, false],
    ['a role', { role: ['lead'] }, true],
    ['a part of it only', { organisation: ['acme'], role: ['boss'] }, false],
    ['nothing in particular', {}, true],
  ])('match by %s', (_what, match, matches) => {
    const [verdict] = rulesOf({ name: 'a', match }).for(bob).verdicts;
    expect(verdict).toMatchObject({ rule: 'a', matches });
  });

  it('match nobody by a role when the roles are not known', () => {
    const rules = rulesOf({ name: 'a', match: { role: ['lead'] } });
    const { verdicts } = rules.for({ ...bob, roles: undefined });
    expect(verdicts).toEqual([
      { rule: 'a', matches: false, because: 'not in role lead' },
    ]);
  });

  it('add up, with the higher level and every reason', () => {
    const { services, entitlements } = rulesOf(
      {
        name: 'everybody',
        services: ['gitea'],
        gitea: {
          teams: ['all'],
          repositories: [{ name: 'acme/handbook', permission: 'read' }],
        },
      },
      {
        name: 'leads',
        match: { role: ['lead'] },
        services: ['gitea'],
        gitea: {
          repositories: [{ name: 'acme/handbook', permission: 'write' }],
        },
      },
      {
        name: 'globex',
        match: { organisation: ['globex'] },
        services: ['coder'],
      },
    ).for(bob);
    expect([...services.keys()]).toEqual(['gitea']);
    expect(entitlements.get('gitea')).toEqual([
      {
        entitlement: { kind: 'team', name: 'all' },
        reasons: [{ rule: 'everybody', because: 'for everybody' }],
      },
      {
        entitlement: {
          kind: 'repository',
          name: 'acme/handbook',
          level: 'write',
        },
        reasons: [
          { rule: 'everybody', because: 'for everybody' },
          { rule: 'leads', because: 'role lead' },
        ],
      },
    ]);
  });

  it('give an account where they give something within a service', () => {
    const rules = rulesOf(
      { name: 'everybody', services: ['gitea'] },
      {
        name: 'dev',
        match: { group: ['backend'] },
        coder: { workspaces: ['w'] },
      },
    );
    expect(rules.servicesFor(bob)).toEqual(['gitea', 'coder']);
  });
});
