import { useSearchParams } from 'react-router-dom';
import type { FormulaFilter } from './filterFormulas';

/**
 * Keeps the filter in the page's address, so that going back to the
 * marketplace and sharing a link show the same. Typing adds no entries to the
 * browser's history.
 */
export function useFilterInAddress(): [
  FormulaFilter,
  (filter: FormulaFilter) => void,
] {
  const [params, setParams] = useSearchParams();
  const setFilter = ({ query, category }: FormulaFilter) => {
    const next = new URLSearchParams(params);
    for (const [key, value] of Object.entries({ q: query, category })) {
      if (value) {
        next.set(key, value);
      } else {
        next.delete(key);
      }
    }
    setParams(next, { replace: true });
  };
  return [
    { query: params.get('q') ?? '', category: params.get('category') ?? '' },
    setFilter,
  ];
}
