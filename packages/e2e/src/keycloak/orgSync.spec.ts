import { expect, Page, test } from '@playwright/test';
import { signIn } from '../portal';
import { admit, createUser } from './admin';
import { personCalled } from './sandbox';

/** How Backstage's frontend gets its own token. */
const REFRESH = '/api/auth/oidc/refresh?optional&env=production';

/** Asks the catalog as the person who is signed in. */
async function catalog(page: Page) {
  const refreshed = await page.request.get(REFRESH, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await refreshed.json();
  const headers = { Authorization: `Bearer ${backstageIdentity.token}` };
  return {
    /** Names of the entities of a kind. */
    async names(kind: string): Promise<string[]> {
      const answer = await page.request.get(
        `/api/catalog/entities/by-query?limit=500&filter=kind=${kind}`,
        { headers },
      );
      expect(answer.status()).toBe(200);
      const { items } = await answer.json();
      return items.map(
        ({ metadata }: { metadata: { name: string } }) => metadata.name,
      );
    },
    /** Refs that an entity is related to. */
    async related(ref: string, type: string): Promise<string[]> {
      const answer = await page.request.get(
        `/api/catalog/entities/by-name/${ref.replace(':', '/')}`,
        { headers },
      );
      if (answer.status() === 404) return [];
      const { relations = [] } = await answer.json();
      return relations
        .filter((relation: { type: string }) => relation.type === type)
        .map(({ targetRef }: { targetRef: string }) => targetRef)
        .sort();
    },
  };
}

test('the catalog has the people and groups of Keycloak, and hears of new ones', async ({
  page,
}) => {
  await signIn(page, personCalled('priya'));
  const { names, related } = await catalog(page);

  await expect
    .poll(() => names('user'), { timeout: 60_000 })
    .toEqual(
      expect.arrayContaining([
        'priya',
        'alice',
        'bob',
        'carol',
        'gina',
        'hugo',
      ]),
    );
  await expect(names('user')).resolves.not.toContain(
    'service-account-formulary',
  );
  await expect(names('group')).resolves.toEqual(
    expect.arrayContaining(['acme', 'acme-leads', 'acme-developers', 'globex']),
  );
  await expect
    .poll(() => related('user:default/bob', 'memberOf'))
    .toEqual(['group:default/acme', 'group:default/acme-developers']);
  await expect(
    related('group:default/acme-developers', 'childOf'),
  ).resolves.toEqual(['group:default/acme']);

  const id = await createUser({
    username: 'frank',
    firstName: 'Frank',
    lastName: 'Sørensen',
    email: 'frank@acme.example',
    password: 'correct horse battery staple',
  });
  await admit(id, 'acme');
  await expect
    .poll(() => related('user:default/frank', 'memberOf'), { timeout: 90_000 })
    .toEqual(['group:default/acme', 'group:default/acme-developers']);
});
