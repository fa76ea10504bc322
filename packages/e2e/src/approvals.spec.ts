import { expect, Page, test } from '@playwright/test';
import { resourceLink } from './formula';
import { ownedBy } from './owned';
import { person } from './person';
import { Portal } from './portalApi';
import { signIn } from './portal';
import { resultsDirectory } from './sandbox';

const PROJECT = 'wide-nets';

/** Fills the form of the formula for research, with a GPU, and starts the run. */
async function askForGpu(page: Page, name: string): Promise<void> {
  await page.goto('/create/templates/default/ml-research');
  await page.getByLabel('Name').fill(name);
  await page
    .getByLabel('What do you want to find out?')
    .fill('Do wider networks need fewer examples?');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: /^GPUs/ }).click();
  await page.getByRole('option', { name: '1 GPU' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/tasks\//);
}

test('a GPU waits for the word of the organisation’s lead, who is not its requester', async ({
  browser,
}) => {
  const bob = await browser.newPage();
  await signIn(bob, person('bob'));
  await askForGpu(bob, PROJECT);
  await expect(
    bob.getByText(/wants an approval by .*acme-leads/).first(),
  ).toBeVisible({ timeout: 60_000 });
  await bob.screenshot({ path: `${resultsDirectory}/approval-waits.png` });

  const opened = bob.waitForEvent('popup');
  await bob.getByRole('link', { name: /approvals\/mine/ }).click();
  const request = await opened;
  await expect(request.getByText('A workspace with GPUs: 1')).toBeVisible();
  await expect(request.getByRole('button', { name: 'Approve' })).toBeHidden();
  await test.step('nobody approves their own', async () => {
    const id = new URL(request.url()).pathname.split('/').at(-1);
    const portal = await Portal.of(request.context().request);
    const refusal = await portal.post(`/api/approvals/requests/${id}/decide`, {
      decision: 'approve',
      reason: 'I want it',
    });
    expect(refusal.status()).toBe(403);
    expect(await refusal.text()).toContain('asked for themselves');
  });

  const alice = await browser.newPage();
  await signIn(alice, person('alice'));
  await alice.getByRole('link', { name: 'Approvals' }).click();
  const row = alice.getByRole('row', { name: /GPUs for wide-nets/ });
  await expect(row).toContainText('Do wider networks need fewer examples?');
  await row.click();
  await expect(alice.getByText('A workspace with GPUs: 1')).toBeVisible();
  await expect(
    alice.getByText('4 cores, 16 GB of memory, 50 GB of disk'),
  ).toBeVisible();
  await alice.screenshot({
    path: `${resultsDirectory}/approval-request.png`,
    fullPage: true,
  });
  await alice.getByRole('button', { name: 'Approve' }).click();
  const dialog = alice.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('A good question');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(alice.getByText('Approved', { exact: true })).toBeVisible();
  await alice.close();

  // Live: nobody reloads the page.
  await request.getByRole('button', { name: 'Start now' }).click();
  await expect(request).toHaveURL(/\/tasks\//);
  await expect(resourceLink(request, 'Workspace')).toBeVisible({
    timeout: 90_000,
  });
  await request.screenshot({
    path: `${resultsDirectory}/approval-started.png`,
  });
  const { workspaces } = await ownedBy(person('bob').email, PROJECT);
  expect(workspaces.filter(({ name }) => name === PROJECT)).toEqual([
    expect.objectContaining({ owner_name: 'bob' }),
  ]);

  await bob.close();
});

test('another template that starts the formula’s workspace asks for the same approval', async ({
  page,
}) => {
  await signIn(page, person('carol'));
  const portal = await Portal.of(page.context().request);
  for (const template of ['ml-research', 'ML-Research']) {
    expect(
      await portal.refusal('coder-workspace', {
        name: 'detour',
        template,
        parameters: { gpu: '1' },
      }),
    ).toContain('The rule "gpu" wants an approval');
  }
});
