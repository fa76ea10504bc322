import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CurrentUserInfo, KeptAnswers } from './CurrentUserInfo';
import { SignInClaims } from './SignInClaims';

const BOB = 'user:default/bob';
const claimed = [BOB, 'group:default/acme', 'group:default/acme-leads'];

const bob = (subject: string | undefined, ...groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name: 'bob',
    namespace: 'default',
    annotations: subject ? { 'keycloak.org/id': subject } : {},
  },
  relations: groups.map(group => ({
    type: RELATION_MEMBER_OF,
    targetRef: `group:default/${group}`,
  })),
});

function serviceOf(
  entities: Entity[],
  idp: SignInClaims['idp'],
  kept: KeptAnswers = new Map(),
) {
  return new CurrentUserInfo({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities }),
    claims: { read: async () => ({ sub: BOB, ent: claimed, idp }) },
    subjectAnnotation: 'keycloak.org/id',
    kept,
  });
}

const groupsOf = async (service: CurrentUserInfo) => {
  const { ownershipEntityRefs } = await service.getUserInfo(
    mockCredentials.user(BOB),
  );
  return ownershipEntityRefs;
};

describe('CurrentUserInfo', () => {
  const synced = { subject: 'id-bob', synced: true };

  it('takes the catalog’s groups, without one that the sign-in still claims', async () => {
    await expect(
      groupsOf(serviceOf([bob('id-bob', 'acme')], synced)),
    ).resolves.toEqual([BOB, 'group:default/acme']);
  });

  it('takes a new group of the catalog, too', async () => {
    await expect(
      groupsOf(
        serviceOf([bob('id-bob', 'acme', 'platform')], {
          ...synced,
          synced: false,
        }),
      ),
    ).resolves.toContain('group:default/platform');
  });

  const disabled = (entity: Entity): Entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'formulary.dev/disabled': 'true',
      },
    },
  });

  it.each<[string, Entity[], boolean, RegExp]>([
    ['is gone from the catalog', [], true, /gone from the identity provider/],
    [
      'has the name that another person has by now',
      [bob('id-of-another', 'platform')],
      true,
      /somebody else by now/,
    ],
    [
      'took a name while the sync brought another person with it',
      [bob('id-of-another', 'platform')],
      false,
      /somebody else by now/,
    ],
    [
      'is disabled',
      [disabled(bob('id-bob', 'acme'))],
      true,
      /disabled at the identity provider/,
    ],
    [
      'was disabled right after their first sign-in',
      [disabled(bob('id-bob'))],
      false,
      /disabled at the identity provider/,
    ],
  ])(
    'refuses who %s, whatever roles their name has',
    async (_, entities, wasSynced, why) => {
      const refusal = groupsOf(
        serviceOf(entities, { subject: 'id-bob', synced: wasSynced }),
      );
      await expect(refusal).rejects.toThrow(why);
      await expect(refusal).rejects.toThrow(NotAllowedError);
    },
  );

  it('gives the groups back to who is enabled again', async () => {
    const kept: KeptAnswers = new Map();
    await expect(
      groupsOf(serviceOf([disabled(bob('id-bob'))], synced, kept)),
    ).rejects.toThrow(NotAllowedError);
    kept.get(BOB)!.until = Date.now() - 1;
    await expect(
      groupsOf(serviceOf([bob('id-bob', 'acme')], synced, kept)),
    ).resolves.toEqual([BOB, 'group:default/acme']);
  });

  it.each<[string, Entity[], SignInClaims['idp']]>([
    ['is not synced yet', [], { subject: 'id-bob', synced: false }],
    ['signed in some other way', [bob('id-bob', 'acme')], undefined],
    [
      'is in the catalog by hand',
      [bob(undefined, 'acme')],
      { subject: 'id-bob', synced: false },
    ],
  ])('takes what the sign-in claimed of who %s', async (_, entities, idp) => {
    await expect(groupsOf(serviceOf(entities, idp))).resolves.toEqual(claimed);
  });

  it('asks once in five seconds, whichever plugin wants to know', async () => {
    const kept: KeptAnswers = new Map();
    const first = serviceOf([bob('id-bob', 'acme')], synced, kept);
    const second = serviceOf([bob('id-bob', 'globex')], synced, kept);
    await expect(groupsOf(first)).resolves.toContain('group:default/acme');
    await expect(groupsOf(second)).resolves.toContain('group:default/acme');
    kept.get(BOB)!.until = Date.now() - 1;
    await expect(groupsOf(second)).resolves.toContain('group:default/globex');
  });

  it('guesses nothing when the catalog fails, and asks again', async () => {
    const kept: KeptAnswers = new Map();
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => {
        throw new Error('the catalog is away');
      },
    });
    const service = new CurrentUserInfo({
      auth: mockServices.auth(),
      catalog,
      claims: { read: async () => ({ sub: BOB, ent: claimed, idp: synced }) },
      subjectAnnotation: 'keycloak.org/id',
      kept,
    });
    await expect(groupsOf(service)).rejects.toThrow('the catalog is away');
    expect(kept.size).toBe(0);
  });

  it('is for users only', async () => {
    await expect(
      serviceOf([], synced).getUserInfo(mockCredentials.service()),
    ).rejects.toThrow('Only user credentials');
  });
});
