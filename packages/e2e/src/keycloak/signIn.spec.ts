import { expect, test } from '@playwright/test';
import { logInAtKeycloak, passwordField, signIn, signOut } from '../portal';
import { personCalled } from './sandbox';

test('Keycloak refuses a wrong password, and takes the right one', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await logInAtKeycloak(page, { username: 'bob', password: 'wrong' });
  await expect(page.getByText('Invalid password.')).toBeVisible();
  await expect(page).toHaveURL(/\/realms\/formulary\/login-actions\//);

  const { password } = personCalled('bob');
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await expect(
    page.getByRole('heading', { name: 'Welcome, Bob' }),
  ).toBeVisible();
});

test('a session at Keycloak outlives a reload of the portal', async ({
  page,
}) => {
  await signIn(page, personCalled('ivy'));
  await page.reload();
  await expect(
    page.getByRole('heading', { name: 'Welcome, Ivy' }),
  ).toBeVisible();
});

test('signing out of the portal ends the session at Keycloak', async ({
  page,
}) => {
  await signIn(page, personCalled('ivy'));
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await expect(page.getByLabel(/username/i)).toBeVisible();
});
