import { Entity } from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { markedName } from '@formulary/plugin-organization-sync-node';
import { PersonStore } from '../database/PersonStore';
import { CatalogPersons } from './CatalogPersons';
import { DirectoryPerson } from './PersonDirectory';
import { PersonResolver } from './PersonResolver';

const ISSUER = 'https://idp.example/realms/test';

const user = (name: string, email: string, subject?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name,
    annotations: subject ? { 'keycloak.org/id': subject } : {},
  },
  spec: { profile: { email }, memberOf: [] },
});

const catalog = [
  user('bob-acme.example', 'bob@acme.example', 'id-bob'),
  user('carol', 'carol@acme.example'),
];

const person = (
  subject: string,
  username: string,
  email: string,
  emailVerified = true,
): DirectoryPerson['person'] => ({
  issuer: ISSUER,
  subject,
  username,
  email,
  emailVerified,
  displayName: username,
  organisation: 'globex',
  groups: [],
});

const people = [
  person('id-bob', 'bob@acme.example', 'bob@acme.example'),
  person('id-mallory', 'bob+acme.example', 'mallory@globex.example'),
  person('id-carol', 'carol', 'carol@acme.example'),
  person('id-unverified', 'carol', 'carol@acme.example', false),
  person('id-impostor', 'carol', 'impostor@globex.example'),
  person('id-new', 'New-One', 'new@globex.example'),
  person('id-odd', '_odd', 'odd@globex.example'),
];

const resolver = new PersonResolver(
  { findByUserRef: async () => undefined } as unknown as PersonStore,
  new CatalogPersons(
    catalogServiceMock({ entities: catalog }),
    mockServices.auth(),
    { issuer: ISSUER, idAnnotation: 'keycloak.org/id' },
  ),
  {
    find: async subject => {
      const found = people.find(one => one.subject === subject);
      return found && { person: found, enabled: true };
    },
    findByUsername: async username => {
      const found = people.find(one => one.username === username);
      return found && { person: found, enabled: true };
    },
  },
  ISSUER,
);

const ref = (name: string) => `user:default/${name}`;

describe('PersonResolver', () => {
  it.each([
    ['the name that the catalog gave them', 'id-bob', 'bob-acme.example'],
    [
      'no name of somebody else that theirs comes to',
      'id-mallory',
      markedName('bob-acme.example', 'id-mallory'),
    ],
    [
      'the name of a catalog user without a subject whose address is verified theirs',
      'id-carol',
      'carol',
    ],
    [
      'no such name for an address that nobody vouches for',
      'id-unverified',
      markedName('carol', 'id-unverified'),
    ],
    [
      'no such name for another address',
      'id-impostor',
      markedName('carol', 'id-impostor'),
    ],
    ['their own name before the sync has brought them', 'id-new', 'new-one'],
    [
      'the name that the sync will give them when theirs is none',
      'id-odd',
      markedName('-odd', 'id-odd'),
    ],
  ])('gives somebody %s', async (_, subject, name) => {
    const resolved = await resolver.bySubject(subject);
    expect(resolved?.person.userRef).toBe(ref(name));
  });

  it.each([
    ['has their ref', 'id-bob', 'bob-acme.example', false],
    ['is called otherwise by now', 'id-mallory', 'bob-acme.example', true],
    ['is gone', 'id-nobody', 'nobody', true],
  ])('knows whether somebody %s', async (_, subject, name, left) => {
    await expect(
      resolver.hasLeftRef({
        ...person(subject, name, ''),
        userRef: ref(name),
      }),
    ).resolves.toBe(left);
  });

  it('does not find by name whose name it is not', async () => {
    await expect(
      resolver.byUsername('bob+acme.example'),
    ).resolves.toMatchObject({
      person: { userRef: ref(markedName('bob-acme.example', 'id-mallory')) },
    });
  });
});
