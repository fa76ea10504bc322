import { expect, test } from '@playwright/test';
import { person } from './person';
import { signIn } from './portal';
import {
  clearFaults,
  credentials,
  injectFaults,
  resultsDirectory,
} from './sandbox';

/** Status that Gitea answers to an administrator who looks for somebody. */
async function statusInGitea(username: string): Promise<number> {
  const { url, token } = credentials().services.gitea;
  const { status } = await fetch(`${url}/api/v1/users/${username}`, {
    headers: { Authorization: `token ${token}` },
  });
  return status;
}

test('an administrator rolls a failed run back, and nothing of it is left @sandbox', async ({
  page,
}) => {
  const { username } = person('gina');
  await signIn(page, person('priya'));
  // Not worth another try, so that the run fails at once.
  await injectFaults('twenty', [{ path: '/graphql', status: 403 }]);
  await page.goto('/provisioning/bulk');
  await page.getByLabel('Or paste the lines').fill(`user\n${username}`);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: 'Prepare the accounts of 1' }).click();
  await expect(page.getByText(/1 of 1 lines are done: 1 failed/)).toBeVisible({
    timeout: 60_000,
  });
  expect(await statusInGitea(username)).toBe(200);

  await page.getByRole('link', { name: 'See the run' }).click();
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
  await page.screenshot({
    path: `${resultsDirectory}/failed-run.png`,
    fullPage: true,
  });
  await page.getByRole('button', { name: /Roll back/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`Gitea: ${username}`);
  await page.screenshot({ path: `${resultsDirectory}/rollback.png` });
  await clearFaults('twenty');
  await dialog.getByRole('button', { name: 'Remove these accounts' }).click();
  await expect(page.getByText('Succeeded', { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await page.screenshot({
    path: `${resultsDirectory}/rolled-back.png`,
    fullPage: true,
  });
  expect(await statusInGitea(username)).toBe(404);
});

test.afterEach(() => clearFaults('twenty'));
