import { useApi } from '@backstage/frontend-plugin-api';
import type { AccessReport } from '@formulary/plugin-access-common';
import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { accessApiRef } from '../api/accessApi';

/** What somebody may do; `refresh` asks anew. Nobody is asked about while `userRef` is undefined. */
export function useReport(userRef: string | undefined) {
  const api = useApi(accessApiRef);
  const [report, setReport] = useState<AccessReport>();
  const [error, setError] = useState<string>();

  const read = useCallback(
    async (signal?: AbortSignal) => {
      if (!userRef) return;
      setError(undefined);
      try {
        const seen = await api.getReport(userRef, { signal });
        if (!signal?.aborted) setReport(seen);
      } catch (failure) {
        if (!signal?.aborted) setError(messageOf(failure));
      }
    },
    [api, userRef],
  );
  useEffect(() => {
    const controller = new AbortController();
    setReport(undefined);
    read(controller.signal);
    return () => controller.abort();
  }, [read]);

  return { report, error, refresh: () => read() };
}
