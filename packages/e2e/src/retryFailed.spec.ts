import { expect, test } from '@playwright/test';
import { addToAcme } from './newcomers';
import { person } from './person';
import { signIn } from './portal';
import { clearFaults, injectFaults, resultsDirectory } from './sandbox';

const TEN = Array.from({ length: 10 }, (_, index) => `newcomer-${index}`);

test('what an outage broke for ten people is told once, and mended with one press @sandbox', async ({
  page,
}) => {
  // A refusal, so that nobody waits for ten minutes until it counts as failed.
  await injectFaults('mattermost', [{ status: 403, body: '{"id":"api"}' }]);
  try {
    await addToAcme(TEN);
    await signIn(page, person('priya'));
    await page.getByRole('link', { name: 'Provisioning' }).click();
    await page.getByRole('tab', { name: 'Services' }).click();
    const link = page.getByRole('link', { name: /^10 runs have failed here/ });
    await expect(link).toBeVisible({ timeout: 60_000 });
    await link.click();
    await expect(page.getByText('Failed in Mattermost')).toHaveCount(10);
    await page.screenshot({ path: `${resultsDirectory}/ten-failed.png` });
  } finally {
    await clearFaults('mattermost');
  }

  await page.getByRole('button', { name: 'Retry 10 failed' }).click();
  for (const username of TEN) {
    await expect(
      page.getByRole('row', { name: new RegExp(username) }).first(),
    ).toContainText('Succeeded', { timeout: 60_000 });
  }
  await expect(page.getByText('10 runs are tried again')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Retry \d/ })).toBeHidden();
  await page.screenshot({ path: `${resultsDirectory}/ten-succeeded.png` });

  await page.goto('/notifications');
  await expect(page.getByText(/runs failed in Mattermost/)).toHaveCount(1);
});
