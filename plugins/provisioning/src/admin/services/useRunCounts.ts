import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ServiceId,
  ServiceStatus,
} from '@formulary/plugin-provisioning-common';
import { useEffect, useState } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';

/** How many runs a service keeps from being done. */
export interface RunCounts {
  service: ServiceId;
  waiting: number;
  /** Left to be retried. */
  failed: number;
}

/** Counts the runs of each service, anew whenever the services are read. */
export function useRunCounts(
  services: ServiceStatus[] | undefined,
): ReadonlyMap<ServiceId, RunCounts> {
  const api = useApi(provisioningApiRef);
  const [counts, setCounts] = useState<ReadonlyMap<ServiceId, RunCounts>>(
    new Map(),
  );
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const count = async (service: ServiceId): Promise<RunCounts> => {
      const [waiting, failed] = await Promise.all([
        api.getRuns({ service, state: 'running', limit: 1 }, { signal }),
        api.getRuns(
          { service, state: 'failed', latest: true, limit: 1 },
          { signal },
        ),
      ]);
      return {
        service,
        waiting: waiting.totalItems,
        failed: failed.totalItems,
      };
    };
    Promise.all((services ?? []).map(({ service }) => count(service))).then(
      all => setCounts(new Map(all.map(each => [each.service, each]))),
      // The health of the services is shown without them; the list of runs says why it cannot be read.
      () => undefined,
    );
    return () => controller.abort();
  }, [api, services]);
  return counts;
}
