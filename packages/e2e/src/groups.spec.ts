import { expect, test } from '@playwright/test';
import { person } from './person';
import { signIn } from './portal';
import { resultsDirectory } from './sandbox';

test('an administrator prepares a group and sees what the defaults give, and why @sandbox', async ({
  page,
}) => {
  await signIn(page, person('priya'));
  await page.goto('/provisioning/bulk');
  await page.getByText('A group of the catalog').click();
  await page.getByRole('button', { name: /Group/ }).click();
  await page.getByRole('option', { name: 'globex-developers' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByRole('row', { name: /ivy/ })).toContainText('Prepare');
  await page.screenshot({
    path: `${resultsDirectory}/group-preview.png`,
    fullPage: true,
  });
  await page.getByRole('button', { name: /^Prepare the accounts of/ }).click();
  await expect(page.getByText(/2 of 2 lines are done/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('row', { name: /ivy/ })).toContainText(
    'Succeeded',
  );

  await page.getByRole('button', { name: 'Back to all' }).click();
  const job = page.getByRole('row', { name: /Group globex-developers/ });
  await expect(job).toContainText('Done');
  await expect(job).toContainText('priya');
  await job.click();
  await expect(page.getByRole('button', { name: 'Report' })).toBeVisible();

  await page.goto('/provisioning/people');
  await page.getByRole('button', { name: 'What to do for Ivy Chen' }).click();
  await page.getByRole('menuitem', { name: 'What would they get?' }).click();
  const dialog = page.getByRole('dialog');
  const gitea = dialog.getByRole('region', { name: 'Gitea' });
  await expect(gitea).toContainText('Has an account');
  await expect(gitea).toContainText('Team globex/developers');
  await expect(gitea).toContainText('There already');
  await expect(gitea).toContainText('Rule developers of Globex');
  await page.screenshot({ path: `${resultsDirectory}/entitlements.png` });
});
