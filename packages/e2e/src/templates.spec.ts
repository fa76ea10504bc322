import { expect, test } from '@playwright/test';
import { ownedBy } from './owned';
import { signIn } from './portal';
import { Portal } from './portalApi';
import { credentials } from './sandbox';

/** Titles on the page "Create", and answers to each template's form. */
const TEMPLATES: Array<[name: string, title: string, values: object]> = [
  [
    'onboarding',
    'Unified onboarding',
    {
      services: ['gitea', 'coder', 'mattermost', 'twenty'],
      joinTeam: true,
      channel: 'newcomers',
      opportunity: 'Onboard Carol',
    },
  ],
  [
    'gitea-repository',
    'Gitea repository',
    {
      name: 'price-list',
      description: 'The prices of "all" products',
      ownership: 'person',
      visibility: 'private',
    },
  ],
  [
    'gitea-repository',
    'Gitea repository',
    {
      name: 'shared-list',
      description: 'The prices of all of us',
      ownership: 'organisation',
      visibility: 'private',
    },
  ],
  [
    'coder-workspace',
    'Coder workspace',
    {
      name: 'scratchpad',
      template: 'fullstack-dev',
      parameters: { cpu: '4', node_version: '22' },
      stopAfter: 28800000,
    },
  ],
  [
    'mattermost-team',
    'Mattermost team',
    {
      // The team is acme-rockets.
      team: 'rockets',
      displayName: 'Rockets',
      channels: [{ name: 'launch', purpose: 'Off we go', private: true }],
    },
  ],
  [
    'crm-contact',
    'CRM contact',
    {
      email: 'peter@initech.example',
      firstName: 'Peter',
      lastName: 'Gibbons',
      company: 'Initech',
      domain: 'initech.example',
      opportunity: 'Reports',
      stage: 'PROPOSAL',
      amount: 5000,
      closeDate: '2030-12-31',
    },
  ],
];

/** Makes somebody a member of an organisation in Gitea who may create repositories there. */
async function letCreateRepositories(organisation: string, username: string) {
  const { url, token } = credentials().services.gitea;
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `token ${token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  };
  const team = await call('POST', `/orgs/${organisation}/teams`, {
    name: 'makers',
    permission: 'write',
    can_create_org_repo: true,
    units: ['repo.code'],
  });
  const { id } = await team.json();
  await call('PUT', `/teams/${id}/members/${username}`);
}

test('every plain template runs to its end, and again without changing anything', async ({
  page,
}) => {
  const carol = credentials().people.find(
    ({ username }) => username === 'carol',
  )!;
  await signIn(page, carol);
  const portal = await Portal.of(page.request);
  await portal.expectEntity('user/default/carol');
  for (const [name] of TEMPLATES) {
    await portal.expectEntity(`template/default/${name}`);
  }
  await page.goto('/create');
  for (const [, title] of TEMPLATES) {
    await expect(page.getByText(title, { exact: true }).first()).toBeVisible();
  }

  const [onboarding, ...others] = TEMPLATES;
  expect(await portal.run(onboarding[0], onboarding[2])).toMatch(/\| created/);
  const shared = others.find(
    ([, , values]) =>
      'ownership' in values && values.ownership === 'organisation',
  )!;
  expect(await portal.refusal(shared[0], shared[2])).toContain('acme');
  await letCreateRepositories('acme', 'carol');
  for (const [name, , values] of others) {
    expect(await portal.run(name, values)).toMatch(/\| (created|joined)/);
  }
  const first = await ownedBy(carol.email, 'price-list');
  for (const [name, , values] of TEMPLATES) {
    const text = await portal.run(name, values);
    expect(text).not.toMatch(/\| (created|joined|prepared)/);
    expect(text).toContain('already');
  }
  expect(await ownedBy(carol.email, 'price-list')).toEqual(first);
});
