import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PersonStatus,
  RunSignal,
} from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../api/provisioningApi';
import { usePolling } from '../polling/usePolling';
import { useRunSignals } from '../polling/useRunSignals';

/** A person's tools as last seen, and what can be done. */
export interface MyTools {
  status?: PersonStatus;
  /** Why the tools could not be read, or why the last wish failed. */
  error?: string;
  /** Whether a wish is on its way to the backend. */
  busy: boolean;
  refresh(): void;
  /** Prepares the accounts, or tries again what failed. */
  prepare(): void;
}

/** Reads the signed-in person's tools, anew when a run of theirs changes. */
export function useMyTools(): MyTools {
  const api = useApi(provisioningApiRef);
  const [status, setStatus] = useState<PersonStatus>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const alive = useRef(new AbortController());

  const read = useCallback(async () => {
    const { signal } = alive.current;
    try {
      const seen = await api.getMe({ signal });
      if (signal.aborted) return;
      setStatus(seen);
      setError(undefined);
    } catch (failure) {
      if (!signal.aborted) setError(messageOf(failure));
    }
  }, [api]);

  useEffect(() => {
    const controller = new AbortController();
    alive.current = controller;
    read();
    return () => controller.abort();
  }, [read]);

  const underWay = status?.run?.state === 'running' ? status.run.id : undefined;
  const userRef = status?.userRef;
  const isMine = useCallback(
    (signal: RunSignal) => signal.userRef === userRef,
    [userRef],
  );
  usePolling(underWay, read, useRunSignals(isMine, read));

  const prepare = useCallback(async () => {
    const { signal } = alive.current;
    setBusy(true);
    try {
      const failed = status?.run?.state === 'failed' && status.run.id;
      const run = failed
        ? await api.retryRun(failed)
        : (await api.prepareMe()).run;
      if (signal.aborted) return;
      setStatus(seen => seen && { ...seen, run });
      await read();
    } catch (failure) {
      if (!signal.aborted) setError(messageOf(failure));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  }, [api, read, status?.run]);

  return { status, error, busy, refresh: read, prepare };
}
