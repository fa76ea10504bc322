import { expect, Page, test } from '@playwright/test';
import { person } from './person';
import { signIn } from './portal';
import { Portal } from './portalApi';
import { resultsDirectory } from './sandbox';

const usernames = ['hugo', 'ivy'];

const rowOf = (page: Page, username: string) =>
  page.getByRole('row', { name: new RegExp(`${username}@globex`) });

/** Opens the list of people and ticks those of this journey, with the keyboard. */
async function choosePeople(page: Page, state: string) {
  await page.goto('/provisioning/people');
  await page.getByRole('searchbox').fill('@globex.example');
  for (const username of usernames) {
    const row = rowOf(page, username);
    await expect(row).toContainText(state, { timeout: 60_000 });
    const box = row.getByRole('checkbox');
    // The row may be drawn anew under the key when the search's answer comes.
    await expect(async () => {
      if (!(await box.isChecked())) await box.press('Space');
      await expect(box).toBeChecked({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
  }
}

test('an administrator suspends colleagues together, thinks better of removing them, and restores them from a list @sandbox', async ({
  page,
}) => {
  await signIn(page, person('priya'));
  const portal = await Portal.of(page.request);
  const asked = await portal.post('/api/provisioning/bulk', {
    persons: usernames,
  });
  expect(asked.status()).toBe(201);

  await choosePeople(page, 'Gitea: ready');
  await page.screenshot({ path: `${resultsDirectory}/people-chosen.png` });
  await page.getByRole('button', { name: 'Suspend 2 people …' }).click();
  for (const username of usernames) {
    const row = page.getByRole('row', { name: new RegExp(username) });
    await expect(row).toContainText('Suspend');
    await expect(row).toContainText('Coder, Gitea, Mattermost, Twenty');
  }
  await page.screenshot({
    path: `${resultsDirectory}/bulk-suspension.png`,
    fullPage: true,
  });
  await page.getByRole('button', { name: 'Suspend 2 people …' }).click();
  await page.getByLabel('Reason').fill('Their project has ended');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Suspend 2 people' })
    .click();
  await expect(
    page.getByText('2 of 2 lines are done: 2 suspended.'),
  ).toBeVisible({ timeout: 60_000 });
  await expect(
    page.getByText(/Reason: Their project has ended\./),
  ).toBeVisible();

  await choosePeople(page, 'Gitea: suspended');
  await page
    .getByRole('button', { name: 'Remove the accounts of 2 people …' })
    .click();
  await page
    .getByRole('button', { name: 'Remove the accounts of 2 people …' })
    .click();
  const dialog = page.getByRole('dialog');
  const remove = dialog.getByRole('button', {
    name: 'Remove the accounts of 2 people',
  });
  await dialog.getByLabel('Reason').fill('Their project has ended');
  await expect(remove).toBeDisabled();
  await dialog.getByLabel(/Type 2/).fill('2');
  await expect(remove).toBeEnabled();
  await page.screenshot({ path: `${resultsDirectory}/bulk-removal.png` });
  await dialog.getByRole('button', { name: 'Leave it' }).click();

  await page.getByRole('button', { name: /What to do/ }).click();
  await page.getByRole('option', { name: 'Restore' }).click();
  await page.getByText('The people of a file').click();
  await page
    .getByLabel('Or paste the lines')
    .fill('user\nhugo\nivy@globex.example\nstranger\n');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('row', { name: /stranger/ })).toContainText(
    'Not possible',
  );
  await page.getByRole('button', { name: 'Restore 2 people' }).click();
  await expect(
    page.getByText('3 of 3 lines are done: 2 restored, 1 not possible.'),
  ).toBeVisible({ timeout: 60_000 });

  await page.goto('/provisioning/people');
  for (const username of usernames) {
    await expect(rowOf(page, username)).toContainText('Gitea: ready', {
      timeout: 60_000,
    });
  }
});
