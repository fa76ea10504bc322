import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { OrganisationPage } from './OrganisationPage';
import type {
  KeptMissing,
  OrganisationState,
  OrganisationSync,
  OrganisationSyncApi,
  StoppedRemoval,
} from './OrganisationSync';
import { organisationSyncApiRef } from './organisationSyncApi';

const minutesFromNow = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000).toISOString();

const well: OrganisationSync = {
  module: 'keycloak-org',
  provider: 'default',
  isRunning: false,
  endedAt: minutesFromNow(-3),
  kept: [],
};
const stopped: StoppedRemoval = {
  digest: 'abc',
  users: 60,
  groups: 1,
  sample: ['group:default/acme', 'user:default/alice', 'user:default/bob'],
  stoppedAt: minutesFromNow(-3),
};

function show(
  syncs: OrganisationSync[],
  api: Partial<OrganisationSyncApi> = {},
) {
  const state: OrganisationState = { people: 80, groups: 9, syncs };
  renderInTestApp(<OrganisationPage />, {
    apis: [
      [
        organisationSyncApiRef,
        {
          getState: async () => state,
          decide: async () => undefined,
          ...api,
        },
      ],
    ],
  });
}

const card = () => screen.findByRole('article', { name: 'Keycloak: default' });

describe('OrganisationPage', () => {
  it.each<[string, Partial<OrganisationSync>]>([
    ['Well', {}],
    ['Reading', { isRunning: true }],
    ['Not read yet', { endedAt: undefined }],
    ['Failed', { error: 'Keycloak does not answer' }],
    ['Waits for you', { stopped }],
    [
      'Removal approved',
      { stopped: { ...stopped, approvedBy: 'user:default/x' } },
    ],
  ])('says "%s"', async (words, differs) => {
    show([{ ...well, ...differs }]);
    expect(await card()).toHaveTextContent(words);
  });

  it('says when it was read, how many there are, and why it failed', async () => {
    show([{ ...well, error: 'Keycloak does not answer' }]);
    expect(await card()).toHaveTextContent('Last read 3 minutes ago');
    expect(await card()).toHaveTextContent('Keycloak does not answer');
    expect(
      screen.getByText('80 people and 9 groups are in the catalog'),
    ).toBeVisible();
  });

  it('tells who would go, and decides nothing when the dialog is closed', async () => {
    const decide = jest.fn();
    show([{ ...well, stopped }], { decide });
    const names = await screen.findByRole('list', { name: 'Who would go' });
    expect(names).toHaveTextContent('group acme');
    expect(names).toHaveTextContent('user bob');
    expect(screen.getByText('and 58 more')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Approve the removal …' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel' }),
    );
    expect(decide).not.toHaveBeenCalled();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leaves them, shows who decided that, and takes it back', async () => {
    const kept: KeptMissing = {
      ...{ digest: 'abc', users: 60, groups: 1, sample: stopped.sample },
      keptBy: 'user:default/priya',
      keptAt: minutesFromNow(-1),
    };
    let sync: OrganisationSync = { ...well, stopped };
    const getState = async () => ({ people: 80, groups: 9, syncs: [sync] });
    const decide = jest.fn(async (_: OrganisationSync, decision: string) => {
      sync =
        decision === 'keep' ? { ...well, kept: [kept] } : { ...well, stopped };
    });
    show([], { getState, decide });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Leave them' }),
    );
    expect(
      await screen.findByText(
        'user priya left 60 people and 1 group in the catalog',
      ),
    ).toBeVisible();
    expect(await card()).toHaveTextContent('Decided 1 minute ago');
    expect(await card()).toHaveTextContent('Well');
    expect(screen.getByRole('list', { name: 'Who stays' })).toHaveTextContent(
      'user alice',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Take back' }));
    expect(
      await screen.findByRole('button', { name: 'Leave them' }),
    ).toBeVisible();
    expect(decide.mock.calls.map(([, decision]) => decision)).toEqual([
      'keep',
      'take-back',
    ]);
  });

  it('lets exactly this removal through once it was confirmed, and shows that it was', async () => {
    const getState = jest
      .fn()
      .mockResolvedValueOnce({
        people: 80,
        groups: 9,
        syncs: [{ ...well, stopped }],
      })
      .mockResolvedValue({
        people: 80,
        groups: 9,
        syncs: [
          {
            ...well,
            stopped: { ...stopped, approvedBy: 'user:default/priya' },
          },
        ],
      });
    const decide = jest.fn();
    show([], { getState, decide });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve the removal …' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Remove 60 people and 1 group?',
    });
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Remove 60 people and 1 group',
      }),
    );
    await waitFor(() =>
      expect(decide).toHaveBeenCalledWith(
        expect.objectContaining({ module: 'keycloak-org' }),
        'approve',
        'abc',
      ),
    );
    expect(await screen.findByText('user priya let it through')).toBeVisible();
  });

  it('says when the removal is another one by now', async () => {
    show([{ ...well, stopped }], {
      decide: async () => {
        throw new Error('No sync of default waits with this digest');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve the removal …' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /^Remove 60/ }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'No sync of default waits with this digest',
    );
  });

  it('says that nothing is read', async () => {
    show([]);
    expect(
      await screen.findByText(/No identity provider is read/),
    ).toBeVisible();
  });
});
