import { useApi } from '@backstage/frontend-plugin-api';
import type { ApprovalDetails } from '@formulary/plugin-approvals-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { approvalsApiRef } from '../api/approvalsApi';
import { useRequestSignals } from '../live/useRequestSignals';

/** A request as last seen, and the way to change it. */
export interface RequestInSight {
  request?: ApprovalDetails;
  /** Why it could not be read, or why the last wish failed. */
  error?: string;
  busy: boolean;
  refresh(): void;
  /** Does something and shows the request as it is then, if that is given. */
  wish(work: () => Promise<ApprovalDetails | void>): Promise<void>;
}

/** Reads a request, anew when it changes. */
export function useRequest(id: string): RequestInSight {
  const api = useApi(approvalsApiRef);
  const [request, setRequest] = useState<ApprovalDetails>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const alive = useRef(new AbortController());

  const read = useCallback(async () => {
    const { signal } = alive.current;
    try {
      const seen = await api.getRequest(id, { signal });
      if (signal.aborted) return;
      setRequest(seen);
      setError(undefined);
    } catch (failure) {
      if (!signal.aborted) setError(messageOf(failure));
    }
  }, [api, id]);

  useEffect(() => {
    const controller = new AbortController();
    alive.current = controller;
    setRequest(undefined);
    read();
    return () => controller.abort();
  }, [read]);
  useRequestSignals(id, read);

  const wish = useCallback(
    async (work: () => Promise<ApprovalDetails | void>) => {
      const { signal } = alive.current;
      setBusy(true);
      try {
        const seen = await work();
        if (signal.aborted) return;
        if (seen) setRequest(seen);
        setError(undefined);
      } catch (failure) {
        if (!signal.aborted) {
          // It may have changed under the user's eyes.
          await read();
          setError(messageOf(failure));
        }
      } finally {
        if (!signal.aborted) setBusy(false);
      }
    },
    [read],
  );

  return { request, error, busy, refresh: read, wish };
}
