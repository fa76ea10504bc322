import { expect, Page, test } from '@playwright/test';
import { person } from './person';
import { logInAtKeycloak, signIn } from './portal';
import { credentials, resultsDirectory } from './sandbox';

/** Opens the menu of what can be done for somebody, and chooses. */
async function choose(page: Page, name: string, item: RegExp) {
  await page.getByRole('button', { name: `What to do for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('an administrator suspends a colleague, who is told why and kept out, and restores them', async ({
  browser,
}) => {
  const hugo = await browser.newPage();
  await signIn(hugo, person('hugo'));
  await hugo.getByRole('button', { name: 'Prepare my tools' }).click();
  const gitea = hugo.getByRole('article', { name: 'Gitea' });
  await expect(gitea).toContainText('Ready', { timeout: 60_000 });

  const priya = await browser.newPage();
  await signIn(priya, person('priya'));
  await priya.getByRole('link', { name: 'Provisioning' }).click();
  await expect(priya.getByRole('row', { name: /hugo/ }).first()).toBeVisible();
  await priya.getByRole('tab', { name: 'People' }).click();
  const row = priya.getByRole('row', { name: /hugo@globex\.example/ });
  await expect(row).toContainText('Active');

  await choose(priya, 'Hugo', /Suspend/);
  await priya.getByLabel('Reason').fill('On leave');
  await priya.getByRole('button', { name: 'Suspend', exact: true }).click();
  await expect(row).toContainText('Gitea: suspended', { timeout: 60_000 });
  await priya.screenshot({ path: `${resultsDirectory}/people.png` });

  await hugo.reload();
  await expect(hugo.getByText('Your accounts are suspended')).toBeVisible();
  await expect(hugo.getByText(/On leave/)).toBeVisible();
  await hugo.goto(`${credentials().services.gitea.url}/user/login`);
  await hugo
    .getByRole('main')
    .getByRole('link', { name: 'Log in with Keycloak' })
    .click();
  if (hugo.url().includes('/realms/')) {
    await logInAtKeycloak(hugo, person('hugo'));
  }
  await expect(hugo.getByText('Signed in as')).toBeHidden();

  await choose(priya, 'Hugo', /Restore/);
  await expect(row).toContainText('Gitea: ready', { timeout: 60_000 });
  await hugo.goto('/');
  await expect(gitea).toContainText('Ready');
  await hugo.close();
  await priya.close();
});

test('a developer is neither shown the pages of administrators nor let in', async ({
  page,
}) => {
  await signIn(page, person('bob'));
  await expect(page.getByRole('link', { name: 'Provisioning' })).toBeHidden();
  await page.goto('/provisioning/people');
  await expect(
    page.getByRole('heading', { name: 'There is no such page' }),
  ).toBeVisible();
});
