import { expect, test } from '@playwright/test';
import { ownedBy } from '../owned';
import { logInAtKeycloak, NewPerson, signIn, signUp } from '../portal';
import { admit, findUserId, verifyEmail } from './admin';
import { credentials } from './sandbox';

const erin: NewPerson = {
  username: 'erin',
  firstName: 'Erin',
  lastName: 'Novak',
  email: 'erin@acme.example',
  password: 'correct horse battery staple',
};

const accountIds = async () =>
  (await ownedBy(erin.email, 'none', credentials())).accountIds;

test.describe.configure({ mode: 'serial' });

test('somebody who signs up gets no accounts before they belong to an organisation', async ({
  page,
}) => {
  await signUp(page, erin);
  await expect(
    page.getByText('does not belong to an organisation'),
  ).toBeVisible();
  await expect(accountIds()).rejects.toThrow('0 × Gitea account');
});

test('once they are a member, Keycloak tells the portal and the four accounts become ready', async ({
  page,
}) => {
  const id = await findUserId(erin.username);
  // Whoever signs up at a real Keycloak has an address that nobody vouches for
  // yet, with which Coder and Twenty prepare nothing.
  await verifyEmail(id);
  await admit(id, 'acme');
  await expect
    .poll(() => accountIds().then(Object.keys, String), { timeout: 60_000 })
    .toEqual(['gitea', 'coder', 'mattermost', 'twenty']);

  await signIn(page, erin);
  for (const name of ['Gitea', 'Coder', 'Mattermost', 'Twenty']) {
    await expect(page.getByRole('article', { name })).toContainText('Ready', {
      timeout: 60_000,
    });
  }
});

test('a log-in with Keycloak at Gitea lands on the account that was prepared', async ({
  page,
}) => {
  const before = await accountIds();
  await page.goto(`${credentials().services.gitea.url}/user/login`);
  await page
    .getByRole('main')
    .getByRole('link', { name: 'Log in with Keycloak' })
    .click();
  await logInAtKeycloak(page, erin);
  await expect(page.getByText('Signed in as erin')).toBeVisible();
  await expect(accountIds()).resolves.toEqual(before);
});
