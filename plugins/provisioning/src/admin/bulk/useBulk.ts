import { useApi } from '@backstage/frontend-plugin-api';
import type { BulkJob } from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { usePolling } from '../../polling/usePolling';

/** Reads a bulk job, again and again while it is under way. */
export function useBulk(id: string) {
  const api = useApi(provisioningApiRef);
  const [job, setJob] = useState<BulkJob>();
  const [error, setError] = useState<string>();
  const alive = useRef(new AbortController());

  const read = useCallback(async () => {
    const { signal } = alive.current;
    try {
      const seen = await api.getBulk(id, { signal });
      if (signal.aborted) return;
      setJob(seen);
      setError(undefined);
    } catch (failure) {
      if (!signal.aborted) setError(messageOf(failure));
    }
  }, [api, id]);

  useEffect(() => {
    const controller = new AbortController();
    alive.current = controller;
    read();
    return () => controller.abort();
  }, [read]);
  usePolling(job?.state === 'running' ? id : undefined, read, true);

  return { job, error, setError, refresh: read };
}
