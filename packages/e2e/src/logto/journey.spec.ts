import { expect, Page, test } from '@playwright/test';
import { ownedBy } from '../owned';
import { signOut } from '../portal';
import { FOLLOWS_MS, timeOf } from '../seconds';
import { Session } from '../session';
import { logtoUrl, portal } from './ports';
import { credentials } from './sandbox';

const zoe = {
  username: 'zoe',
  email: 'zoe@acme.example',
  password: 'a password of zoe',
};

async function openLogto(page: Page) {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with Logto' }).click();
  await expect(page).toHaveTitle('Logto');
}

/** Refs of the groups and users that the catalog shows to whoever is signed in. */
async function visible(page: Page): Promise<string[]> {
  const refreshed = await page.request.get(
    '/api/auth/oidc/refresh?optional&env=production',
    { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
  );
  const { backstageIdentity } = await refreshed.json();
  const answer = await page.request.get(
    '/api/catalog/entities/by-query?limit=500&filter=kind=user&filter=kind=group',
    { headers: { Authorization: `Bearer ${backstageIdentity.token}` } },
  );
  expect(answer.status()).toBe(200);
  const { items } = await answer.json();
  return items
    .map(
      ({ kind, metadata }: { kind: string; metadata: { name: string } }) =>
        `${kind.toLowerCase()}:${metadata.name}`,
    )
    .sort();
}

test.describe.configure({ mode: 'serial' });

test('somebody who signs up at Logto is in the portal at once, and sees their own organisation only', async ({
  page,
}) => {
  await openLogto(page);
  const form = page.getByRole('form', { name: 'Create account' });
  await form.getByLabel('Username').fill(zoe.username);
  await form.getByLabel('Email').fill(zoe.email);
  await form.getByLabel('Password').fill(zoe.password);
  await form.getByRole('button').click();
  await expect(
    page.getByRole('heading', { name: 'Welcome, zoe' }),
  ).toBeVisible();

  await expect
    .poll(() => visible(page), { timeout: 60_000 })
    .toEqual(['group:acme', 'user:zoe']);
});

test('Logto’s webhook prepares their accounts', async () => {
  await expect
    .poll(
      () =>
        ownedBy(zoe.email, 'none', credentials()).then(
          ({ accountIds }) => Object.keys(accountIds),
          String,
        ),
      { timeout: 60_000 },
    )
    .toEqual(['gitea', 'coder', 'mattermost', 'twenty']);
});

test('somebody of another organisation sees theirs only; signing out ends the session at Logto', async ({
  page,
}) => {
  await openLogto(page);
  const form = page.getByRole('form', { name: 'Sign in' });
  const signIn = async (password: string) => {
    await form.getByLabel('Username').fill('gina');
    await form.getByLabel('Password').fill(password);
    await form.getByRole('button').click();
  };
  await signIn('wrong');
  await expect(page.getByText('Wrong password.')).toBeVisible();
  await signIn('a password of gina');
  await expect(
    page.getByRole('heading', { name: 'Welcome, gina' }),
  ).toBeVisible();
  await expect(visible(page)).resolves.toEqual(['group:globex', 'user:gina']);

  // Signing out of the portal ends the session at Logto, too.
  await signOut(page, 'Logto');
  await openLogto(page);
  await expect(form.getByLabel('Password')).toBeVisible();
});

test('somebody of whom Logto’s webhook told is signed in with their groups in five seconds, and refused in seconds once they are suspended', async ({
  request,
}) => {
  let session!: Session;
  const ms = await timeOf('webhook to signed in', async () => {
    session = await Session.signIn(
      request,
      { username: 'yan', email: 'yan@acme.example', password: 'yan’s own' },
      /action="([^"]+\/register)"/,
    );
  });
  expect(await session.claimed()).toContain('group:default/acme');
  expect(ms).toBeLessThan(FOLLOWS_MS);

  const suspend = async (isSuspended: boolean) => {
    const answer = await request.patch(`${logtoUrl}/stand-in/users/yan`, {
      data: { isSuspended },
    });
    expect(answer.status()).toBe(200);
  };
  const status = async () =>
    (await session.get('/api/catalog/entities/by-query?limit=0')).status();
  expect(await status()).toBe(200);
  await suspend(true);
  await timeOf('webhook to refused', () =>
    expect.poll(status, { timeout: 4 * FOLLOWS_MS }).toBe(403),
  );
  await suspend(false);
  await timeOf('webhook to let in again', () =>
    expect.poll(status, { timeout: 4 * FOLLOWS_MS }).toBe(200),
  );
});

test('an event that Logto did not sign is refused', async ({ request }) => {
  const answer = await request.post(
    `${portal}/api/provisioning/webhooks/logto`,
    {
      headers: { 'logto-signature-sha-256': 'a'.repeat(64) },
      data: {
        event: 'User.Deleted',
        createdAt: new Date().toISOString(),
        hookId: 'portal',
      },
    },
  );
  expect(answer.status()).toBe(401);
});
