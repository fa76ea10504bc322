import { NotFoundError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  FORMULA_KIND,
  isFormulaEntity,
  type FormulaBundle,
  type FormulaEntity,
} from '@formulary/plugin-formulas-common';
import { useCallback } from 'react';
import { formulasApiRef } from '../api/formulasApi';
import { useLoaded, type Loaded } from '../api/useLoaded';

/** A formula's entity and, on its own because it may take longer, its bundle. */
export function useFormula(
  namespace: string,
  name: string,
): { formula: Loaded<FormulaEntity>; bundle: Loaded<FormulaBundle> } {
  const catalogApi = useApi(catalogApiRef);
  const formulasApi = useApi(formulasApiRef);

  const loadFormula = useCallback(async () => {
    const entity = await catalogApi.getEntityByRef({
      kind: FORMULA_KIND,
      namespace,
      name,
    });
    if (!entity || !isFormulaEntity(entity)) {
      throw new NotFoundError(
        `There is no formula "${name}", or you may not see it.`,
      );
    }
    return entity;
  }, [catalogApi, namespace, name]);
  const loadBundle = useCallback(
    () => formulasApi.getBundle({ namespace, name }),
    [formulasApi, namespace, name],
  );
  return { formula: useLoaded(loadFormula), bundle: useLoaded(loadBundle) };
}
