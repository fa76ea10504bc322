import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { AccessApi } from '@formulary/plugin-access-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accessApiRef } from '../api/accessApi';
import { bob } from '../testing/bob';
import { AccessPage } from './AccessPage';

function show(getReport: AccessApi['getReport']) {
  renderInTestApp(<AccessPage />, {
    apis: [
      [accessApiRef, { getReport }],
      [
        identityApiRef,
        mockApis.identity({ userEntityRef: 'user:default/bob' }),
      ],
      [
        permissionApiRef,
        mockApis.permission({ authorize: AuthorizeResult.DENY }),
      ],
    ],
  });
}

const row = async (words: string) =>
  (await screen.findByText(words)).closest('details')!;

describe('AccessPage', () => {
  it('tells people what they may do themselves, and offers nobody else', async () => {
    const getReport = jest.fn(async () => bob);
    show(getReport);
    expect(
      await screen.findByRole('heading', { name: 'What may I do?' }),
    ).toBeVisible();
    expect(await screen.findByText('Acme')).toBeVisible();
    expect(screen.getByText('Full stack (shared with all)')).toBeVisible();
    expect(getReport).toHaveBeenCalledWith(
      'user:default/bob',
      expect.anything(),
    );
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('says that somebody is disabled, and so may do nothing', async () => {
    show(async () => ({ ...bob, isSuperUser: true, isDisabled: true }));
    expect(
      await screen.findByText(/is disabled at the identity provider$/),
    ).toBeVisible();
    expect(await row('See everybody’s runs')).toHaveTextContent(
      'The account is disabled.',
    );
  });

  it('unfolds by which role, through which groups and by which line', async () => {
    show(async () => bob);
    const create = await row('Add entities');
    expect(create).toHaveTextContent('Yes');
    await userEvent.click(within(create).getByText('Add entities'));
    expect(create).toHaveAttribute('open');
    expect(create).toHaveTextContent(
      'The role developer (the policies file), through membership in acme-developers → acme, allows it.',
    );
    expect(create).toHaveTextContent(
      'p, role:default/developer, catalog.entity.create, create, allow',
    );
    expect(await row('See entities')).toHaveTextContent(
      'allows it for what is of their organisation or shared with all.',
    );
    expect(await row('See everybody’s runs')).toHaveTextContent(
      'No role grants it.',
    );
  });

  it('narrows to what cannot be done, and by words', async () => {
    show(async () => bob);
    await screen.findByText('3 of 3');
    await userEvent.click(screen.getByRole('button', { name: /Outcome/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Cannot' }),
    );
    expect(await screen.findByText('1 of 3')).toBeVisible();
    expect(screen.queryByText('Add entities')).toBeNull();
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search permissions' }),
      'entity',
    );
    expect(await screen.findByText('No permission fits.')).toBeVisible();
  });

  it('says why it could not be read, and tries again', async () => {
    const getReport = jest
      .fn()
      .mockRejectedValueOnce(new Error('Only yourself'))
      .mockResolvedValue(bob);
    show(getReport);
    expect(await screen.findByRole('alert')).toHaveTextContent('Only yourself');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(await screen.findByText('Add entities')).toBeVisible();
  });

  it('says that a plugin kept silent', async () => {
    show(async () => ({ ...bob, unread: ['search'] }));
    expect(await screen.findByText(/did not say.*: search/)).toBeVisible();
  });
});
