import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { OrganizationFinder } from './OrganizationFinder';

const entity = (
  kind: string,
  name: string,
  spec: Entity['spec'] = {},
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, annotations },
  spec,
});

const organizations = [
  entity('Group', 'acme'),
  entity('Group', 'acme-leads', { parent: 'acme' }),
  entity('User', 'bob', { memberOf: ['acme-leads'] }),
  entity('User', 'loner', { memberOf: [] }),
  entity('Group', 'formulary'),
  entity('Group', 'formulary-platform', { parent: 'group:default/formulary' }),
  entity('User', 'priya', { memberOf: ['formulary-platform'] }),
  entity('Group', 'ring', { parent: 'ring' }),
  entity('Component', 'not-a-group', { owner: 'acme' }),
];
const directory = {
  find: async (ref: string) =>
    organizations.find(candidate => stringifyEntityRef(candidate) === ref),
};

const finder = new OrganizationFinder(
  {
    platform: new Set(['group:default/formulary']),
    locations: [
      {
        target: 'https://git.acme.example',
        organization: 'group:default/acme',
      },
      { target: 'https://open.example', organization: '*' },
    ],
    configured: new Set(['file:/formulas.yaml']),
  },
  directory,
);

const registered = { type: 'url', target: 'https://git.example/repo' };
const configured = { type: 'file', target: '/formulas.yaml' };
const ofOrganization = (ref: string) => ({ organization: ref });
const acme = ofOrganization('group:default/acme');
const nobody = {};

describe('OrganizationFinder', () => {
  it.each([
    ['a top group', entity('Group', 'acme'), acme],
    ['a group below', entity('Group', 'team', { parent: 'acme-leads' }), acme],
    ['a user', entity('User', 'carol', { memberOf: ['acme-leads'] }), acme],
    ['a user without groups', entity('User', 'dana'), nobody],
    ['what a user owns', entity('API', 'a', { owner: 'user:bob' }), acme],
    ['what a group owns', entity('API', 'a', { owner: 'acme-leads' }), acme],
    ['what a loner owns', entity('API', 'a', { owner: 'user:loner' }), nobody],
    ['what nobody owns', entity('API', 'a'), nobody],
    [
      'what something owns that is no person',
      entity('API', 'a', { owner: 'component:not-a-group' }),
      nobody,
    ],
    ['groups in a ring', entity('Group', 'ring', { parent: 'ring' }), nobody],
  ])('knows the organisation of %s', async (_, subject, expected) => {
    await expect(finder.find(subject, registered, registered)).resolves.toEqual(
      expected,
    );
  });

  it.each([
    ['an owner', entity('API', 'a', { owner: 'group:default/new' })],
    ['a group', entity('User', 'dana', { memberOf: ['new'] })],
    ['a parent', entity('Group', 'team', { parent: 'new' })],
  ])('names %s who is not there yet', async (_, subject) => {
    await expect(finder.find(subject, registered, registered)).resolves.toEqual(
      { missing: 'group:default/new' },
    );
  });

  it('does not believe what a registered file says of its organisation', async () => {
    const stated = entity(
      'Component',
      'a',
      { owner: 'user:bob' },
      { 'formulary.dev/organization': 'globex' },
    );
    await expect(finder.find(stated, registered, registered)).resolves.toEqual(
      acme,
    );
    await expect(finder.find(stated, registered, configured)).resolves.toEqual(
      ofOrganization('group:default/globex'),
    );
  });

  it('shares what the platform owns when it comes from the config', async () => {
    const template = entity('Template', 't', { owner: 'formulary-platform' });
    await expect(
      finder.find(template, registered, configured),
    ).resolves.toEqual(ofOrganization('*'));
    await expect(
      finder.find(template, registered, registered),
    ).resolves.toEqual(ofOrganization('group:default/formulary'));
  });

  it('shares groups of the platform, and none of its people', async () => {
    await expect(
      finder.find(
        entity('Group', 'formulary-platform', { parent: 'formulary' }),
        registered,
        registered,
      ),
    ).resolves.toEqual(ofOrganization('*'));
    await expect(
      finder.find(
        entity('User', 'priya', { memberOf: ['formulary-platform'] }),
        registered,
        registered,
      ),
    ).resolves.toEqual(ofOrganization('group:default/formulary'));
  });

  it('keeps a private formula of an organisation to it', async () => {
    await expect(
      finder.find(
        entity('Formula', 'private', { owner: 'acme' }),
        configured,
        configured,
      ),
    ).resolves.toEqual(acme);
  });

  it.each([
    ['https://git.acme.example/repo', 'group:default/acme'],
    ['https://git.acme.example.evil.example/repo', undefined],
    ['https://open.example/x', '*'],
  ])('knows what comes from %s', async (target, organization) => {
    const location = { type: 'url', target };
    await expect(
      finder.find(entity('API', 'a'), location, registered),
    ).resolves.toEqual(organization ? { organization } : nobody);
  });
});
