import {
  ApiBlueprint,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  FormulasClient,
  type FormulasApi,
} from '@formulary/plugin-formulas-common';

/**
 * The formulas backend.
 *
 * @public
 */
export const formulasApiRef = createApiRef<FormulasApi>({
  id: 'plugin.formulas.client',
});

/** Makes the formulas backend available to components. */
export const formulasApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: formulasApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new FormulasClient({ discoveryApi, fetchApi }),
    }),
});
