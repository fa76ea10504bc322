import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accessApiRef } from '../api/accessApi';
import { bob } from '../testing/bob';
import { AccessPage } from './AccessPage';

// A file of its own: what the permission API once said is remembered for a page's life.
describe('PersonPicker', () => {
  it('follows a link to somebody, and lets an administrator pick another', async () => {
    const getReport = jest.fn(async (userRef: string) => ({
      ...bob,
      userRef,
      displayName: userRef.endsWith('carol') ? 'Carol Okafor' : 'Hugo',
    }));
    const queryEntities = jest.fn(async () => ({
      items: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { name: 'carol', namespace: 'default' },
          spec: { profile: { displayName: 'Carol Okafor' } },
        },
      ],
      totalItems: 1,
      pageInfo: {},
    }));
    renderInTestApp(<AccessPage />, {
      initialRouteEntries: ['/?person=user:default/hugo'],
      apis: [
        [accessApiRef, { getReport }],
        [
          identityApiRef,
          mockApis.identity({ userEntityRef: 'user:default/priya' }),
        ],
        [
          permissionApiRef,
          mockApis.permission({ authorize: AuthorizeResult.ALLOW }),
        ],
        [
          catalogApiRef,
          { queryEntities } as Partial<
            typeof catalogApiRef.T
          > as typeof catalogApiRef.T,
        ],
      ],
    });
    expect(
      await screen.findByRole('heading', { name: 'What may Hugo do?' }),
    ).toBeVisible();
    await userEvent.type(
      await screen.findByRole('combobox', { name: /Person/ }),
      'car',
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Carol Okafor (carol)' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'What may Carol Okafor do?' }),
    ).toBeVisible();
  });
});
