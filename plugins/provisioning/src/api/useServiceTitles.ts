import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ProvisioningApi,
  ServiceId,
} from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useState } from 'react';
import { provisioningApiRef } from './provisioningApi';

type Titles = ReadonlyMap<ServiceId, string>;

/** Services change with the portal's configuration only: one answer does for all pages. */
const known = new WeakMap<ProvisioningApi, Promise<Titles>>();

async function read(api: ProvisioningApi): Promise<Titles> {
  const services = await api.getServiceInfos();
  return new Map(services.map(({ service, title }) => [service, title]));
}

function titlesOf(api: ProvisioningApi): Promise<Titles> {
  let titles = known.get(api);
  if (!titles) {
    titles = read(api);
    known.set(api, titles);
    // The next page asks again.
    titles.catch(() => known.delete(api));
  }
  return titles;
}

/**
 * What people call a service, by its id. A service that is not set up any more,
 * and all of them until their titles are known, go by their ids.
 */
export function useServiceTitles(): (service: ServiceId) => string {
  const api = useApi(provisioningApiRef);
  const [titles, setTitles] = useState<Titles>();
  useEffect(() => {
    let gone = false;
    titlesOf(api).then(
      seen => !gone && setTitles(seen),
      // What is shown beside the ids says for itself that the portal is away.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [api]);
  return useCallback(service => titles?.get(service) ?? service, [titles]);
}
