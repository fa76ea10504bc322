import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  AuthResolverCatalogUserQuery,
  AuthResolverContext,
} from '@backstage/plugin-auth-node';
import { OidcAuthResult } from '@backstage/plugin-auth-backend-module-oidc-provider';
import { mockServices } from '@backstage/backend-test-utils';
import { createOrganizationSignInResolver } from './organizationSignInResolver';
import { readSignInOptions, SignInOptions } from './signInOptions';

const alice: Entity = {
  apiVersion: 'backstage.io/v1beta1',
  kind: 'User',
  metadata: {
    name: 'alice',
    annotations: { 'keycloak.org/id': 'subject-of-alice' },
  },
  spec: { profile: { email: 'alice@acme.example' }, memberOf: ['acme'] },
};

const claimsOfAlice = {
  sub: 'subject-of-alice',
  preferred_username: 'alice',
  email: 'alice@acme.example',
  email_verified: true,
  groups: ['/acme', '/acme/acme-developers'],
  organization: ['acme'],
};

/** A resolver context over a list of catalog users; `issueToken` is recorded. */
function contextOf(users: Entity[]) {
  const issued: Array<{ sub: string; ent: string[]; idp: unknown }> = [];
  const matches = (user: Entity, query: AuthResolverCatalogUserQuery) => {
    if ('annotations' in query) {
      return Object.entries(query.annotations).every(
        ([key, value]) => user.metadata.annotations?.[key] === value,
      );
    }
    if ('entityRef' in query) {
      return (
        typeof query.entityRef === 'object' &&
        user.metadata.name === query.entityRef.name
      );
    }
    const profile = user.spec?.profile as { email?: string } | undefined;
    return (
      !Array.isArray(query.filter) &&
      profile?.email === query.filter['spec.profile.email']
    );
  };
  const context: AuthResolverContext = {
    async issueToken({ claims }) {
      issued.push({ sub: claims.sub, ent: claims.ent ?? [], idp: claims.idp });
      return { token: 'a-token' };
    },
    async findCatalogUser(query) {
      const entity = users.find(user => matches(user, query));
      if (!entity) throw new NotFoundError('User not found');
      return { entity };
    },
    async signInWithCatalogUser() {
      throw new Error('not used');
    },
    async resolveOwnershipEntityRefs(entity) {
      return {
        ownershipEntityRefs: [stringifyEntityRef(entity), 'group:default/acme'],
      };
    },
  };
  return { context, issued };
}

const optionsOf = (organizationSignIn: object) =>
  readSignInOptions(
    mockServices.rootConfig({ data: { auth: { organizationSignIn } } }),
  );

/** Names of organisations in the catalog by their ids at Logto. */
const organizations = {
  async namesOf(ids: string[]) {
    const names = new Map([
      ['o1', 'acme'],
      ['o2', 'ACME-12345678'],
    ]);
    return ids.flatMap(id => names.get(id) ?? []);
  },
};

async function signIn(
  claims: Record<string, unknown>,
  users: Entity[] = [alice],
  options: Partial<SignInOptions> = {
    allowedOrganizations: ['acme'],
  },
) {
  const { context, issued } = contextOf(users);
  await createOrganizationSignInResolver(
    optionsOf({ waitForCatalogSeconds: 0, ...options }),
    organizations,
  )(
    {
      profile: {},
      result: {
        // The resolver reads nothing of the token set.
        fullProfile: { userinfo: claims } as unknown as OidcAuthResult,
        session: {
          accessToken: '',
          tokenType: 'bearer',
          scope: '',
          expiresInSeconds: 60,
        },
      },
    },
    context,
  );
  return issued[0];
}

describe('sign-in by organisation', () => {
  it('matches by subject and adds the organisations of the claims', async () => {
    await expect(
      signIn({ ...claimsOfAlice, organization: ['acme', 'umbrella'] }),
    ).resolves.toMatchObject({
      sub: 'user:default/alice',
      ent: [
        'user:default/alice',
        'group:default/acme',
        'group:default/umbrella',
      ],
    });
  });

  it('makes nobody a member of an organisation by a group with its name', async () => {
    const issued = await signIn({
      ...claimsOfAlice,
      groups: ['/acme/globex', '/globex'],
    });
    expect(issued.ent).not.toContain('group:default/globex');
  });

  it('follows the subject when the username has changed', async () => {
    const issued = await signIn({
      ...claimsOfAlice,
      preferred_username: 'alice-renamed',
    });
    expect(issued.sub).toBe('user:default/alice');
  });

  it('matches by verified e-mail when the catalog knows no subject', async () => {
    const known = { ...alice, metadata: { name: 'alice.moreau' } };
    const issued = await signIn(claimsOfAlice, [known]);
    expect(issued.sub).toBe('user:default/alice.moreau');
  });

  it('never matches by an e-mail that is not verified', async () => {
    const known = { ...alice, metadata: { name: 'alice.moreau' } };
    const issued = await signIn({ ...claimsOfAlice, email_verified: false }, [
      known,
    ]);
    expect(issued.sub).toBe('user:default/alice');
    expect(issued.ent).not.toContain('user:default/alice.moreau');
  });

  it('never becomes a catalog user who carries another subject', async () => {
    await expect(
      signIn({ ...claimsOfAlice, sub: 'subject-of-somebody-else' }),
    ).rejects.toThrow('"alice" belongs to another person');
  });

  it('admits somebody the catalog does not know yet', async () => {
    await expect(
      signIn({ ...claimsOfAlice, sub: 'new', preferred_username: 'dana' }, []),
    ).resolves.toMatchObject({
      sub: 'user:default/dana',
      ent: ['user:default/dana', 'group:default/acme'],
    });
  });

  it('waits a moment for the organisation sync, so that somebody new has their groups at once', async () => {
    const users: Entity[] = [];
    setTimeout(() => users.push(alice), 300);
    await expect(
      signIn(claimsOfAlice, users, {
        allowedOrganizations: ['acme'],
        waitForCatalogSeconds: 20,
      }),
    ).resolves.toMatchObject({
      sub: 'user:default/alice',
      ent: ['user:default/alice', 'group:default/acme'],
    });
  });

  it.each([
    ['the organisation sync has brought', [alice], true],
    [
      'the catalog has by hand',
      [{ ...alice, metadata: { name: 'al' } }],
      false,
    ],
    ['is new', [], false],
  ])(
    'says whether the catalog keeps the groups of who %s',
    async (_, users, synced) => {
      const { idp } = await signIn(claimsOfAlice, users);
      expect(idp).toEqual({ subject: 'subject-of-alice', synced });
    },
  );

  it.each([
    ['dana@acme', 'dana-acme'],
    // Begins as no name may, so it gets the mark of the subject.
    ['_dana', 'dana-11507a0e'],
  ])(
    'gives somebody new with the username %s the name that the catalog will know them by',
    async (username, name) => {
      const issued = await signIn(
        { ...claimsOfAlice, sub: 'new', preferred_username: username },
        [],
      );
      expect(issued.sub).toBe(`user:default/${name}`);
    },
  );

  it('refuses an unknown person when just-in-time creation is off', async () => {
    await expect(
      signIn(claimsOfAlice, [], {
        allowedOrganizations: ['acme'],
        createUsers: false,
        contact: 'the service desk',
      }),
    ).rejects.toThrow('Ask the service desk to add you');
  });

  it.each([
    ['no organisation', [], 'does not belong to an organisation'],
    ['another organisation', ['initech'], 'initech is not an organisation'],
  ])(
    'refuses a person of %s, catalog user or not',
    async (_, organization, reason) => {
      await expect(
        signIn({ ...claimsOfAlice, organization }),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(reason),
      });
    },
  );

  it('reads the organisation claim in its form with attributes', async () => {
    const issued = await signIn({
      ...claimsOfAlice,
      organization: { acme: { id: '1' } },
    });
    expect(issued.sub).toBe('user:default/alice');
  });

  it('admits by the domain of a verified e-mail', async () => {
    const options = { allowedEmailDomains: ['acme.example'] };
    const claims = { ...claimsOfAlice, organization: [] };
    await expect(signIn(claims, [alice], options)).resolves.toBeDefined();
    await expect(
      signIn({ ...claims, email_verified: false }, [alice], options),
    ).rejects.toThrow('does not belong to an organisation');
  });
});

describe('auth.organizationSignIn', () => {
  it.each([
    [{}, 'admits nobody'],
    [{ allowedOrganisations: ['acme'] }, 'allowedOrganisations'],
    [{ allowedOrganizations: 'acme' }, 'allowedOrganizations'],
  ])('refuses %j by its key', (organizationSignIn, message) => {
    expect(() => optionsOf(organizationSignIn)).toThrow(message);
  });

  describe('with the claims of Logto', () => {
    const claimsOfZoe = {
      sub: 'zoe-at-logto',
      username: 'zoe',
      preferred_username: 'alice',
      name: 'Zoë van Dam',
      email: 'zoe@acme.example',
      email_verified: true,
      organizations: ['o1'],
      organization_data: [{ id: 'o1', name: 'acme', description: null }],
    };
    const logto: Partial<SignInOptions> = {
      allowedOrganizations: ['acme'],
      subjectAnnotation: 'logto.io/id',
    };
    const zoe: Entity = {
      apiVersion: 'backstage.io/v1beta1',
      kind: 'User',
      metadata: {
        name: 'zoe',
        annotations: { 'logto.io/id': 'zoe-at-logto' },
      },
      spec: { memberOf: ['acme'] },
    };

    it('finds who is there by the subject, with the organisations of their ids', async () => {
      await expect(signIn(claimsOfZoe, [zoe], logto)).resolves.toMatchObject({
        sub: 'user:default/zoe',
        ent: ['user:default/zoe', 'group:default/acme'],
      });
    });

    it('names somebody new by the username, not by the one that they chose to be called by', async () => {
      await expect(signIn(claimsOfZoe, [alice], logto)).resolves.toMatchObject({
        sub: 'user:default/zoe',
      });
    });

    it('names somebody new without a username by the subject', async () => {
      const claims = { ...claimsOfZoe, username: null };
      await expect(signIn(claims, [], logto)).resolves.toMatchObject({
        sub: 'user:default/zoe-at-logto',
      });
    });

    it('takes an organisation of the same name for another one', async () => {
      const claims = { ...claimsOfZoe, organizations: ['o2'] };
      await expect(signIn(claims, [zoe], logto)).rejects.toThrow(
        'ACME-12345678 is not an organisation of this portal',
      );
    });

    it.each([
      ['of no organisation', []],
      ['of one that the catalog does not know', ['o3']],
    ])('refuses a member %s', async (_what, ids) => {
      const claims = { ...claimsOfZoe, organizations: ids };
      await expect(
        signIn(claims, [zoe], { ...logto, allowedOrganizations: ['*'] }),
      ).rejects.toThrow('does not belong to an organisation');
    });
  });
});
