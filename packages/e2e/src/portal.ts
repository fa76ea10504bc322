import { expect, Locator, Page } from '@playwright/test';

/** Somebody with a password at the identity provider. */
export interface Login {
  username: string;
  password: string;
}

/** The field for the password; on Keycloak's pages its label has a mark, and beside it is a button to show it. */
export function passwordField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Password', exact: true });
}

/** Fills the identity provider's log-in form, which must be open. */
export async function logInAtKeycloak(page: Page, login: Login): Promise<void> {
  const password = passwordField(page);
  const next = page.getByRole('button', { name: 'Sign In' });
  await page.getByLabel(/username/i).fill(login.username);
  // A real Keycloak whose realm has organisations asks for the name alone first.
  if (!(await password.isVisible())) await next.click();
  await password.fill(login.password);
  await next.click();
}

/** Signs in to the portal and waits for the home page. */
export async function signIn(page: Page, login: Login): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await logInAtKeycloak(page, login);
  await expect(page.getByRole('heading', { name: /^Welcome/ })).toBeVisible();
}

/** Signs out of the portal and waits until it offers to sign in. */
export async function signOut(
  page: Page,
  identityProvider = 'Keycloak',
): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'more' }).click();
  await page.getByRole('menuitem', { name: 'Sign Out' }).click();
  await expect(
    page.getByRole('button', { name: `Sign in with ${identityProvider}` }),
  ).toBeVisible();
}

/** What a new person types on the sign-up page. */
export interface NewPerson extends Login {
  firstName: string;
  lastName: string;
  email: string;
}

/** Registers at the identity provider, from the portal's sign-in page. */
export async function signUp(page: Page, person: NewPerson): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await page.getByRole('link', { name: 'Register' }).click();
  await page.getByLabel('First name').fill(person.firstName);
  await page.getByLabel('Last name').fill(person.lastName);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Username').fill(person.username);
  await passwordField(page).fill(person.password);
  await page.getByLabel('Confirm password').fill(person.password);
  await page.getByRole('button', { name: 'Register' }).click();
}
