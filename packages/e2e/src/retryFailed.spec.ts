import { expect, test } from '@playwright/test';
import { addToAcme } from './newcomers';
import { person } from './person';
import { signIn } from './portal';
import { Portal } from './portalApi';
import { clearFaults, injectFaults, resultsDirectory } from './sandbox';

const TEN = Array.from({ length: 10 }, (_, index) => `newcomer-${index}`);

test('what an outage broke for ten people is told once, and mended with one press @sandbox', async ({
  page,
}) => {
  const link = page.getByRole('link', { name: /runs? (has|have) failed here/ });
  // Administrators are told of it who are in the catalog by then.
  await signIn(page, person('priya'));
  const portal = await Portal.of(page.request);
  await portal.expectEntity('group/default/formulary-platform');
  // A refusal, so that nobody waits for ten minutes until it counts as failed.
  await injectFaults('mattermost', [{ status: 403, body: '{"id":"api"}' }]);
  try {
    await addToAcme(TEN);
    await page.getByRole('link', { name: 'Provisioning' }).click();
    await page.getByRole('tab', { name: 'Services' }).click();
    await expect(link).toHaveText(/^10 runs/, { timeout: 60_000 });
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
  await page.screenshot({ path: `${resultsDirectory}/ten-succeeded.png` });

  await page.getByRole('tab', { name: 'Services' }).click();
  const mattermost = page.getByRole('heading', { name: 'Mattermost' });
  await expect(mattermost).toBeVisible();
  await expect(link).toBeHidden();

  await page.goto('/notifications');
  await expect(page.getByText(/runs failed in Mattermost/)).toHaveCount(1);
});
