import {
  ApiBlueprint,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { AccessClient, type AccessApi } from '@formulary/plugin-access-common';

/**
 * The access backend.
 *
 * @public
 */
export const accessApiRef = createApiRef<AccessApi>({
  id: 'plugin.access.client',
});

/** Makes the access backend available to components. */
export const accessApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: accessApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new AccessClient({ discoveryApi, fetchApi }),
    }),
});
