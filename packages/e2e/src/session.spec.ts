import { expect, Page, test } from '@playwright/test';
import { logInAtKeycloak, signIn } from './portal';
import { credentials, resultsDirectory } from './sandbox';

const person = (username: string) =>
  credentials().people.find(each => each.username === username)!;

/** Ends the session everywhere, and lets the page's token run out. */
async function endSession(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
  });
}

/** Fills the first step of the full-stack formula's form. */
async function fillHalfOfTheForm(page: Page, name: string): Promise<void> {
  await page.goto('/create/templates/default/fullstack-dev');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('What is it for?').fill('Outlives a session');
}

/** Goes on to the form's last page. */
async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByLabel('Node.js')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
}

const signInAgain = (page: Page) =>
  page.getByRole('dialog', { name: 'Your session has ended' });

const screenshot = (page: Page, look: string) =>
  page.screenshot({
    path: `${resultsDirectory}/session-ended-${look}.png`,
    animations: 'disabled',
  });

/** Opens the window to sign in again. */
async function openSignIn(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  return opened;
}

test('a session that ends while a form is half filled is signed in again, and the form goes on', async ({
  page,
}) => {
  await signIn(page, person('carol'));
  await fillHalfOfTheForm(page, 'outlives');
  await endSession(page);
  await goOn(page);
  await page.getByRole('button', { name: 'Create' }).click();

  await expect(signInAgain(page)).toBeVisible();
  await screenshot(page, 'light');
  const closed = await openSignIn(page);
  await closed.close();
  await expect(page.getByText(/closed before you had signed in/)).toBeVisible();
  await logInAtKeycloak(await openSignIn(page), person('carol'));
  await expect(signInAgain(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/tasks\//);
  await expect(page.getByText('outlives').first()).toBeVisible();
});

test('who signs in again as somebody else starts on a page of their own', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await signIn(page, person('carol'));
  await fillHalfOfTheForm(page, 'not-mine');
  await endSession(page);
  await page.getByRole('link', { name: 'Access', exact: true }).click();
  await expect(signInAgain(page)).toBeVisible();
  await screenshot(page, 'dark');
  await logInAtKeycloak(await openSignIn(page), person('ivy'));
  await expect(page.getByText('globex-developers').first()).toBeVisible();
  await expect(page.getByText('acme-developers')).toHaveCount(0);
});
