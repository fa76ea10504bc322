import { Stage } from '../stage';

/** Numbers tell no more than lists. */
export async function countsWhatIsSeen(
  { callers }: Stage,
  name: 'hugo' | 'gina',
) {
  const all = await callers[name].json(
    'GET',
    '/api/catalog/entities/by-query?limit=1000',
  );
  expect(all.totalItems).toBe(all.items.length);
  const acme = await callers[name].json(
    'GET',
    '/api/catalog/entities/by-query?filter=metadata.name=acme&fullTextFilterTerm=acme',
  );
  expect(acme).toMatchObject({ totalItems: 0, items: [] });
  const facets = await callers[name].json(
    'GET',
    '/api/catalog/entity-facets?facet=kind',
  );
  const counted = facets.facets.kind.reduce(
    (sum: number, { count }: { count: number }) => sum + count,
    0,
  );
  expect(counted).toBe(all.totalItems);
}
