import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  EntitlementPlan,
  ProvisioningApi,
} from '@formulary/plugin-provisioning-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { provisioningApiRef } from '../../api/provisioningApi';
import { EntitlementsDialog } from './EntitlementsDialog';

const developers = {
  rule: 'developers',
  because: 'group /acme/developers',
};
const plan: EntitlementPlan = {
  userRef: 'user:default/bob',
  displayName: 'Bob Tanaka',
  organisation: 'acme',
  groups: ['/acme/developers'],
  roles: [],
  rules: [
    { ...developers, matches: true },
    { rule: 'leads', matches: false, because: 'not in role lead' },
  ],
  services: [
    {
      service: 'gitea',
      title: 'Gitea',
      change: 'keep',
      reasons: [developers],
      entitlements: [
        {
          kind: 'repository',
          name: 'acme/handbook',
          level: 'write',
          change: 'give',
          reasons: [developers],
          ours: false,
        },
        {
          kind: 'team',
          name: 'acme/designers',
          change: 'take',
          reasons: [],
          ours: true,
        },
      ],
    },
    {
      service: 'coder',
      title: 'Coder',
      change: 'create',
      reasons: [developers],
      entitlements: [],
      problem: 'Coder could not read the user bob',
    },
  ],
};

function show(getEntitlements: ProvisioningApi['getEntitlements']) {
  const onClose = jest.fn();
  renderInTestApp(
    <EntitlementsDialog
      userRef="user:default/bob"
      displayName="Bob Tanaka"
      onClose={onClose}
    />,
    {
      apis: [[provisioningApiRef, { getEntitlements } as ProvisioningApi]],
    },
  );
  return onClose;
}

describe('EntitlementsDialog', () => {
  it('shows what would be given and taken back in each service, and why', async () => {
    const onClose = show(async () => plan);
    const gitea = await screen.findByRole('region', { name: 'Gitea' });
    expect(gitea).toHaveTextContent('Has an account');
    const [repository, team] = within(gitea).getAllByRole('listitem');
    expect(repository).toHaveTextContent(
      'Repository acme/handbook (write)Would be givenRule developers: group /acme/developers',
    );
    expect(team).toHaveTextContent(
      'Team acme/designersWould be taken backA rule gave it, and none gives it any more',
    );
    const coder = screen.getByRole('region', { name: 'Coder' });
    expect(coder).toHaveTextContent('Gets an account');
    expect(coder).toHaveTextContent('Coder could not read the user bob');
    expect(
      screen.getByText('Rules that are for others: leads (not in role lead)'),
    ).toBeVisible();
    const [, close] = screen.getAllByRole('button', { name: 'Close' });
    await userEvent.click(close);
    expect(onClose).toHaveBeenCalled();
  });

  it('says that it is asking, and that nothing is declared or set up', async () => {
    let answer: (plan: EntitlementPlan) => void = () => undefined;
    show(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    expect(
      await screen.findByRole('status', { name: 'Asking the services' }),
    ).toBeVisible();
    answer({ ...plan, rules: [], services: [] });
    expect(
      await screen.findByText('No service is set up in this portal.'),
    ).toBeVisible();
    expect(screen.getByText(/No defaults are declared/)).toBeVisible();
  });

  it('says why it could not be found out, and asks again', async () => {
    const getEntitlements = jest
      .fn()
      .mockRejectedValueOnce(new Error('Keycloak is away'))
      .mockResolvedValue({ ...plan, refusal: 'bob has no e-mail address' });
    show(getEntitlements);
    expect(await screen.findByText('Keycloak is away')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('bob has no e-mail address')).toBeVisible();
  });
});
