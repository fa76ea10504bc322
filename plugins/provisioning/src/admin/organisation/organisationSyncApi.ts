import {
  ApiBlueprint,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { OrganisationSyncApi } from './OrganisationSync';
import { OrganisationSyncClient } from './OrganisationSyncClient';

/** The catalog's syncs of organisation data. */
export const organisationSyncApiRef = createApiRef<OrganisationSyncApi>({
  id: 'plugin.provisioning.organisation-sync',
});

/** Makes the syncs available to components. */
export const organisationSyncApi = ApiBlueprint.make({
  name: 'organisation-sync',
  params: defineParams =>
    defineParams({
      api: organisationSyncApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        catalogApi: catalogApiRef,
      },
      factory: deps => new OrganisationSyncClient(deps),
    }),
});
