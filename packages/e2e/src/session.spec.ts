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

test('a session that ends while a form is half filled is signed in again, and the form goes on', async ({
  page,
}) => {
  await signIn(page, person('carol'));
  await fillHalfOfTheForm(page, 'outlives');
  await endSession(page);
  await goOn(page);
  await page.getByRole('button', { name: 'Create' }).click();

  await expect(signInAgain(page)).toBeVisible();
  await page.screenshot({ path: `${resultsDirectory}/session-ended.png` });
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in with Keycloak' }).click();
  const popup = await opened;
  await logInAtKeycloak(popup, person('carol'));
  await expect(signInAgain(page)).toHaveCount(0);
  await page.screenshot({ path: `${resultsDirectory}/session-again.png` });
  await expect(page).toHaveURL(/\/tasks\//);
  await expect(page.getByText('outlives').first()).toBeVisible();
});
