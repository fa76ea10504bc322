import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ProvisioningApi,
  ServiceId,
  ServiceInfo,
} from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useState } from 'react';
import { provisioningApiRef } from './provisioningApi';

/** Services change with the portal's configuration only: one answer does for all pages. */
const known = new WeakMap<ProvisioningApi, Promise<ServiceInfo[]>>();

async function read(api: ProvisioningApi): Promise<ServiceInfo[]> {
  return api.getServiceInfos();
}

function servicesOf(api: ProvisioningApi): Promise<ServiceInfo[]> {
  let services = known.get(api);
  if (!services) {
    services = read(api);
    known.set(api, services);
    // The next page asks again.
    services.catch(() => known.delete(api));
  }
  return services;
}

/** The services that are set up; none until they are known. */
export function useServices(): ServiceInfo[] {
  const api = useApi(provisioningApiRef);
  const [services, setServices] = useState<ServiceInfo[]>([]);
  useEffect(() => {
    let gone = false;
    servicesOf(api).then(
      seen => !gone && setServices(seen),
      // What is shown beside the ids says for itself that the portal is away.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [api]);
  return services;
}

/**
 * What people call a service, by its id. A service that is not set up any more,
 * and all of them until they are known, go by their ids.
 */
export function useServiceTitles(): (service: ServiceId) => string {
  const services = useServices();
  return useCallback(
    id => services.find(({ service }) => service === id)?.title ?? id,
    [services],
  );
}
