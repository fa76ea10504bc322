import { expect, test } from '@playwright/test';
import { logInAtKeycloak, signIn, signOut, signUp } from './portal';
import { credentials } from './sandbox';

test('a wrong password is told at once, and the right one still works', async ({
  page,
}) => {
  const bob = credentials().people.find(({ username }) => username === 'bob')!;
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await logInAtKeycloak(page, { username: 'bob', password: 'wrong' });
  await expect(page.getByText('Invalid username or password.')).toBeVisible();
  await logInAtKeycloak(page, bob);
  await expect(
    page.getByRole('heading', { name: 'Welcome, Bob' }),
  ).toBeVisible();
});

test('a person of no organisation is refused, and told why and whom to ask', async ({
  page,
}) => {
  await signUp(page, {
    username: 'mallory',
    firstName: 'Mallory',
    lastName: 'Elsewhere',
    email: 'mallory@elsewhere.example',
    password: 'correct horse battery staple',
  });
  await expect(
    page.getByText('does not belong to an organisation'),
  ).toBeVisible();
  await expect(page.getByText('priya@formulary.example')).toBeVisible();
  await expect(page).not.toHaveURL(/error=/);
});

test('a page that needs a session leads to sign-in and back', async ({
  page,
}) => {
  const ivy = credentials().people.find(({ username }) => username === 'ivy')!;
  await page.goto('/formulas');
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await logInAtKeycloak(page, ivy);
  await expect(page).toHaveURL(/\/formulas/);
});

test('signing out also ends the session at the identity provider', async ({
  page,
}) => {
  const hugo = credentials().people.find(
    ({ username }) => username === 'hugo',
  )!;
  await signIn(page, hugo);
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await expect(page.getByLabel(/username/i)).toBeVisible();
});
