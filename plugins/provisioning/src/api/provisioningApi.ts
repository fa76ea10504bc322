import {
  ApiBlueprint,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  ProvisioningClient,
  type ProvisioningApi,
} from '@formulary/plugin-provisioning-common';

/**
 * The provisioning backend.
 *
 * @public
 */
export const provisioningApiRef = createApiRef<ProvisioningApi>({
  id: 'plugin.provisioning.client',
});

/** Makes the provisioning backend available to components. */
export const provisioningApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: provisioningApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new ProvisioningClient({ discoveryApi, fetchApi }),
    }),
});
