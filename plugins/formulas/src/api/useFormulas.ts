import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  FORMULA_KIND,
  isFormulaEntity,
  type FormulaEntity,
} from '@formulary/plugin-formulas-common';
import { useCallback } from 'react';
import { useLoaded, type Loaded } from './useLoaded';

const PAGE_SIZE = 250;

/** All formulas that the user may see, by title. */
export function useFormulas(): Loaded<FormulaEntity[]> {
  const catalogApi = useApi(catalogApiRef);
  const load = useCallback(async () => {
    const formulas: FormulaEntity[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalogApi.queryEntities(
        cursor
          ? { cursor, limit: PAGE_SIZE }
          : {
              filter: { kind: FORMULA_KIND },
              orderFields: { field: 'metadata.title', order: 'asc' },
              limit: PAGE_SIZE,
            },
      );
      formulas.push(...page.items.filter(isFormulaEntity));
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    return formulas;
  }, [catalogApi]);
  return useLoaded(load);
}
