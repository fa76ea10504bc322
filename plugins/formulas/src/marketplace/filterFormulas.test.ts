import { testFormula } from '../testing/testFormula';
import { categoriesOf, filterFormulas } from './filterFormulas';

const formulas = [
  testFormula('fullstack-dev', {
    metadata: { title: 'Full-stack development', tags: ['react'] },
    spec: { category: 'full-stack', software: ['Fastify 5'] },
  }),
  testFormula('ml-research', {
    metadata: { title: 'Recherche avancée' },
    spec: { category: 'machine-learning' },
  }),
];

describe('filterFormulas', () => {
  it.each([
    ['', ['fullstack-dev', 'ml-research']],
    ['  FULL ', ['fullstack-dev']],
    ['react fastify', ['fullstack-dev']],
    ['react nothing', []],
    ['avancee', ['ml-research']],
  ])('finds by "%s"', (query, names) => {
    expect(
      filterFormulas(formulas, { query, category: '' }).map(
        ({ metadata }) => metadata.name,
      ),
    ).toEqual(names);
  });

  it('narrows by category as well as by words', () => {
    const category = 'machine-learning';
    expect(filterFormulas(formulas, { query: '', category })).toHaveLength(1);
    expect(filterFormulas(formulas, { query: 'full', category })).toEqual([]);
  });
});

it('names each category once, in order', () => {
  expect(categoriesOf([...formulas, ...formulas])).toEqual([
    'full-stack',
    'machine-learning',
  ]);
});
