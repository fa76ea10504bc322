import { expect, Page } from '@playwright/test';
import { portal } from './ports';

/** Somebody with a password at the identity provider. */
export interface Login {
  username: string;
  password: string;
}

/** Fills the identity provider's log-in form, which must be open. */
export async function logInAtKeycloak(page: Page, login: Login): Promise<void> {
  await page.getByLabel(/username/i).fill(login.username);
  await page.getByLabel('Password', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Sign In' }).click();
}

/** Signs in to the portal and waits for the home page. */
export async function signIn(page: Page, login: Login): Promise<void> {
  await page.goto(portal);
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await logInAtKeycloak(page, login);
  await expect(page.getByRole('heading', { name: /^Welcome/ })).toBeVisible();
}

/** What a new person types on the sign-up page. */
export interface NewPerson extends Login {
  firstName: string;
  lastName: string;
  email: string;
}

/** Registers at the identity provider, from the portal's sign-in page. */
export async function signUp(page: Page, person: NewPerson): Promise<void> {
  await page.goto(portal);
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  await page.getByRole('link', { name: 'Register' }).click();
  await page.getByLabel('First name').fill(person.firstName);
  await page.getByLabel('Last name').fill(person.lastName);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Username').fill(person.username);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByLabel('Confirm password').fill(person.password);
  await page.getByRole('button', { name: 'Register' }).click();
}
