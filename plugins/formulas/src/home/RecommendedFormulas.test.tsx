import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { rootRouteRef } from '../routes';
import { testFormula } from '../testing/testFormula';
import { RecommendedFormulas } from './RecommendedFormulas';

describe('RecommendedFormulas', () => {
  it('shows the three easiest formulas and leads to all of them', async () => {
    renderInTestApp(<RecommendedFormulas />, {
      mountedRoutes: { '/formulas': rootRouteRef },
      apis: [
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              testFormula('a', { spec: { difficulty: 'advanced' } }),
              testFormula('b', { spec: { difficulty: 'intermediate' } }),
              testFormula('c', { spec: { difficulty: 'beginner' } }),
              testFormula('d', { spec: { difficulty: 'beginner' } }),
            ],
          }),
        ],
      ],
    });
    await screen.findByRole('heading', { name: 'c' });
    expect(
      screen
        .getAllByRole('article')
        .map(card => card.querySelector('h3')?.textContent),
    ).toEqual(['c', 'd', 'b']);
    expect(screen.getByRole('link', { name: 'All formulas' })).toHaveAttribute(
      'href',
      '/formulas',
    );
  });
});
