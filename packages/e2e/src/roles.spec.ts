import { expect, Page, test } from '@playwright/test';
import { signIn, signUp } from './portal';
import { Portal } from './portalApi';
import { credentials, resultsDirectory } from './sandbox';

const person = (username: string) =>
  credentials().people.find(each => each.username === username)!;

const navigation = (page: Page) => page.getByTestId('sidebar-root');

/** Which of the navigation's pages somebody is offered. */
async function expectOffered(page: Page, pages: Record<string, boolean>) {
  for (const [name, offered] of Object.entries(pages)) {
    await expect(
      // The logo leads home, too.
      navigation(page)
        .getByRole('link', { name, exact: true })
        .filter({ hasText: name }),
      `the link "${name}"`,
    ).toHaveCount(offered ? 1 : 0);
  }
}

const everybodys = {
  Home: true,
  Formulas: true,
  Catalog: true,
  Access: true,
  Approvals: true,
};

/** Opens an address that is refused, and expects to be told so. */
async function expectRefused(page: Page, address: string, words: RegExp) {
  await page.goto(address);
  await expect(page.getByText(words).first()).toBeVisible();
}

test('a platform administrator has every page, and sees what others may do and why', async ({
  page,
}) => {
  await signIn(page, person('priya'));
  await expectOffered(page, { ...everybodys, Provisioning: true });
  await page.getByRole('link', { name: 'Provisioning' }).click();
  for (const name of [
    'Runs',
    'People',
    'Services',
    'Organisation',
    'Drift',
    'Webhooks',
    'Bulk',
    'Audit',
  ]) {
    await expect(page.getByRole('tab', { name })).toBeVisible();
  }
  await page.getByRole('tab', { name: 'Organisation' }).click();
  await expect(
    page.getByRole('article', { name: 'Keycloak: default' }),
  ).toContainText('Last read');
  await page.screenshot({
    path: `${resultsDirectory}/role-platform-admin.png`,
  });

  await page.getByRole('link', { name: 'Access', exact: true }).click();
  await page.getByRole('combobox', { name: /Person/ }).fill('tanaka');
  await page.getByRole('option', { name: 'Bob Tanaka (bob)' }).click();
  await expect(
    page.getByRole('heading', { name: 'What may Bob Tanaka do?' }),
  ).toBeVisible();
  await expect(page).toHaveURL(/person=user/);
  await page.getByText('Start tasks').click();
  await expect(
    page.getByText('p, role:default/developer, scaffolder.task.create'),
  ).toBeVisible();
  await page.screenshot({ path: `${resultsDirectory}/role-access-of-bob.png` });
});

for (const { role, username } of [
  { role: 'an organisation’s lead', username: 'alice' },
  { role: 'a developer', username: 'bob' },
]) {
  test(`${role} (${username}) is offered no page of administrators, and refused by address`, async ({
    page,
  }) => {
    await signIn(page, person(username));
    await expectOffered(page, { ...everybodys, Provisioning: false });
    await page.screenshot({
      path: `${resultsDirectory}/role-${username}.png`,
    });

    await page.getByRole('link', { name: 'Access', exact: true }).click();
    await expect(
      page.getByRole('heading', { name: 'What may I do?' }),
    ).toBeVisible();
    await expect(page.getByText(/^The role developer/).first()).toBeVisible();
    await expect(page.getByRole('combobox', { name: /Person/ })).toHaveCount(0);

    for (const address of [
      '/provisioning',
      '/provisioning/people',
      '/provisioning/organisation',
    ]) {
      await expectRefused(page, address, /There is no such page/);
    }
    await page.goto('/approvals/all');
    await expect(page.getByRole('tab', { name: 'To decide' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'All requests' })).toHaveCount(
      0,
    );
    await expectRefused(
      page,
      '/access?person=user:default/priya',
      /You may see only what you may do yourself/,
    );
    await expectRefused(page, '/catalog/default/group/globex', /not found/i);
  });
}

test('an organisation’s lead sees the tasks of their people with logs, and of nobody else', async ({
  browser,
  page,
}) => {
  for (const username of ['bob', 'hugo']) {
    const theirs = await browser.newPage();
    await signIn(theirs, person(username));
    const portal = await Portal.of(theirs.request);
    await portal.expectEntity('template/default/onboarding');
    await portal.run('onboarding', { services: ['gitea'] });
    await theirs.close();
  }
  await signIn(page, person('alice'));
  await page.goto('/create/tasks');
  await page.getByRole('menuitem', { name: 'All' }).click();
  const ofBob = page.getByRole('row').filter({ hasText: /bob/i });
  await expect(ofBob.first()).toBeVisible();
  await expect(
    page.getByRole('row').filter({ hasText: /hugo|lindqvist/i }),
  ).toHaveCount(0);
  await page.screenshot({
    path: `${resultsDirectory}/role-lead-tasks.png`,
  });
  await ofBob.first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/tasks\//);
  await expect(page.getByText(/Beginning step/).first()).toBeVisible();
  await page.screenshot({
    path: `${resultsDirectory}/role-lead-task-of-bob.png`,
  });
});

test('an outsider gets no further than the sign-in page, whatever the address', async ({
  page,
}) => {
  const offer = page.getByRole('button', { name: 'Sign in with Keycloak' });
  await signUp(page, {
    username: 'oscar',
    firstName: 'Oscar',
    lastName: 'Outside',
    email: 'oscar@elsewhere.example',
    password: 'correct horse battery staple',
  });
  await expect(
    page.getByText('does not belong to an organisation'),
  ).toBeVisible();
  await page.screenshot({ path: `${resultsDirectory}/role-outsider.png` });
  for (const address of ['/provisioning/people', '/access', '/catalog']) {
    await page.goto(address);
    await expect(offer).toBeVisible();
    await expect(navigation(page)).toHaveCount(0);
  }
});
