import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { NotFoundPage } from './NotFoundPage';

describe('NotFoundPage', () => {
  it('names the address and leads home and to what one may do', async () => {
    renderInTestApp(<NotFoundPage />, { initialRouteEntries: ['/nowhere'] });
    expect(
      await screen.findByRole('heading', { name: 'There is no such page' }),
    ).toBeInTheDocument();
    expect(screen.getByText('/nowhere')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Home' })).toHaveAttribute(
      'href',
      '/',
    );
    expect(
      screen.getByRole('link', { name: 'What may I do?' }),
    ).toHaveAttribute('href', '/access');
  });
});
