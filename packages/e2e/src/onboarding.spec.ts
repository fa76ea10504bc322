import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, Page, test } from '@playwright/test';
import { ownedBy, Resources } from './owned';
import { logInAtKeycloak, NewPerson, signIn, signUp } from './portal';
import {
  expectFinished,
  RESOURCES,
  resourceLink,
  startFormula,
} from './formula';
import { credentials, resultsDirectory } from './sandbox';

const exec = promisify(execFile);

const dana: NewPerson = {
  username: 'dana',
  firstName: 'Dana',
  lastName: 'Novak',
  email: 'dana@acme.example',
  password: 'correct horse battery staple',
};

const PROJECT = 'orbit';

/** Logs in at a service with Keycloak and expects to be who Formulary prepared. */
async function logInAtService(page: Page, loginUrl: string, username: string) {
  await page.goto(loginUrl);
  await page
    .getByRole('main')
    .getByRole('link', { name: 'Log in with Keycloak' })
    .click();
  if (page.url().includes('/realms/')) await logInAtKeycloak(page, dana);
  await expect(page.getByText(`Signed in as ${username}`)).toBeVisible();
}

test.describe.configure({ mode: 'serial' });

test.describe('a new colleague', () => {
  let page: Page;
  let first: Resources;

  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
  });

  test.afterAll(async () => {
    await page.close();
  });

  test('signs up, signs in at once and finds the four tools ready', async () => {
    await signUp(page, dana);
    await expect(
      page.getByRole('heading', { name: 'Welcome, Dana' }),
    ).toBeVisible();

    for (const name of ['Gitea', 'Coder', 'Mattermost', 'Twenty']) {
      await expect(page.getByRole('article', { name })).toContainText('Ready', {
        timeout: 60_000,
      });
    }
    await page.screenshot({ path: `${resultsDirectory}/home.png` });
  });

  test('finds the formula and gets everything it promises', async () => {
    await startFormula(page, PROJECT);
    await expectFinished(page);
    await page.screenshot({
      path: `${resultsDirectory}/run.png`,
      fullPage: true,
    });

    first = await ownedBy(dana.email, PROJECT);
    expect(first.repositories).toEqual([
      expect.objectContaining({
        full_name: `dana/${PROJECT}`,
        private: true,
      }),
    ]);
    expect(first.workspaces).toEqual([
      expect.objectContaining({ name: PROJECT, owner_name: 'dana' }),
    ]);
    expect(first.teams).toContain('acme');
    expect(first.channels).toContain(PROJECT);
    expect(first.crmPeople).toHaveLength(1);
    expect(first.opportunities).toHaveLength(1);
  });

  test('lands on the prepared account at the first log-in of each service @sandbox', async () => {
    const { gitea, coder, mattermost, twenty } = credentials().services;
    const before = await ownedBy(dana.email, PROJECT);
    await logInAtService(page, `${gitea.url}/user/login`, 'dana');
    await logInAtService(page, `${coder.url}/login`, 'dana');
    await logInAtService(page, `${mattermost.url}/login`, 'dana');
    await logInAtService(page, `${twenty.url}/welcome`, 'dana');
    const after = await ownedBy(dana.email, PROJECT);
    expect(after.accountIds).toEqual(before.accountIds);
  });

  test('opens every link of the component @sandbox', async () => {
    await page.goto(`/catalog/default/component/dana.${PROJECT}`);
    const addresses: string[] = [];
    for (const title of RESOURCES) {
      const link = resourceLink(page, title);
      await expect(link).toBeVisible({ timeout: 60_000 });
      addresses.push((await link.getAttribute('href'))!);
    }
    for (const address of addresses) {
      await page.goto(address);
      await expect(page.getByText('Sandbox', { exact: true })).toBeVisible();
      await expect(page.getByText(PROJECT).first()).toBeVisible();
      const service = new URL(address).port;
      await page.screenshot({
        path: `${resultsDirectory}/link-${service}.png`,
        fullPage: true,
      });
    }
  });

  test('sees in the workspace the parameters that the form was given @sandbox', async () => {
    const { coder } = credentials().services;
    await page.goto(`${coder.url}/@dana/${PROJECT}`);
    for (const [name, value] of [
      ['cpu', '2'],
      ['memory', '4'],
      ['node_version', '24'],
      ['git_repo', `${credentials().services.gitea.url}/dana/${PROJECT}.git`],
    ]) {
      await expect(
        page.getByRole('row', { name: `${name} ${value}`, exact: true }),
      ).toBeVisible();
    }
  });

  test('clones the repository with a token of their own and finds the skeleton filled in @sandbox', async () => {
    const { gitea } = credentials().services;
    await page.goto(`${gitea.url}/user/settings/applications`);
    await page.getByLabel(/token name/i).fill('laptop');
    await page.getByRole('button', { name: /generate|create/i }).click();
    const token = await page.getByText(/^[0-9a-f]{40}$/).innerText();

    const folder = await mkdtemp(join(tmpdir(), 'formulary-clone-'));
    const url = new URL(`${gitea.url}/dana/${PROJECT}.git`);
    url.username = 'dana';
    url.password = token;
    await exec('git', ['clone', '--quiet', url.href, folder]);
    const catalogInfo = await readFile(
      join(folder, 'catalog-info.yaml'),
      'utf8',
    );
    expect(catalogInfo).toContain(`name: "dana.${PROJECT}"`);
    expect(catalogInfo).not.toContain('${{');
    const manifest = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    );
    expect(manifest.name).toBe(PROJECT);

    url.username = 'dana';
    url.password = 'not-the-token';
    await expect(
      exec('git', ['ls-remote', url.href], {
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
      }),
    ).rejects.toThrow();
  });

  test('runs the formula again and nothing is doubled', async () => {
    await startFormula(page, PROJECT);
    await expectFinished(page);
    await expect(
      page.getByText('was there already, left as it was'),
    ).toHaveCount(4);
    await expect(ownedBy(dana.email, PROJECT)).resolves.toEqual(first);
  });

  test('is not shown to somebody of another organisation in Gitea', async ({
    browser,
  }) => {
    const other = await browser.newPage();
    const hugo = credentials().people.find(
      ({ username }) => username === 'hugo',
    )!;
    await signIn(other, hugo);
    const response = await other.goto(
      `${credentials().services.gitea.url}/dana/${PROJECT}`,
    );
    expect(response?.status()).toBe(404);
    await other.close();
  });
});
