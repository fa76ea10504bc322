import { expect, test } from '@playwright/test';
import { expectFinished, startFormula } from './formula';
import { ownedBy } from './owned';
import { signIn } from './portal';
import { clearFaults, credentials, injectFaults } from './sandbox';

test('a run that meets a dead service says so, is retried when it is back, and doubles nothing', async ({
  page,
}) => {
  const carol = credentials().people.find(
    ({ username }) => username === 'carol',
  )!;
  await signIn(page, carol);
  await injectFaults('coder', [{ path: '/workspaces', drop: 'before' }]);
  try {
    await startFormula(page, 'comet');
    await expect(page.getByText(/Coder could not/).first()).toBeVisible({
      timeout: 90_000,
    });
  } finally {
    await clearFaults('coder');
  }

  await page.getByRole('button', { name: 'Retry' }).click();
  await expectFinished(page);

  const owned = await ownedBy(carol.email, 'comet');
  expect(owned.repositories).toHaveLength(1);
  expect(owned.workspaces).toHaveLength(1);
  expect(owned.opportunities).toHaveLength(1);
});
