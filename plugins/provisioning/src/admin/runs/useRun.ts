import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ProvisioningEvent,
  Run,
  RunSignal,
} from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { usePolling } from '../../polling/usePolling';
import { useRunSignals } from '../../polling/useRunSignals';

/** A run as last seen, and what can be done. */
export interface RunInSight {
  run?: Run;
  events: ProvisioningEvent[];
  /** Why the run could not be read, or why the last wish failed. */
  error?: string;
  busy: boolean;
  refresh(): void;
  retry(): void;
  resume(): void;
  cancel(): void;
}

/** Reads a run, anew when it changes. */
export function useRun(id: string): RunInSight {
  const api = useApi(provisioningApiRef);
  const [run, setRun] = useState<Run>();
  const [events, setEvents] = useState<ProvisioningEvent[]>([]);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const alive = useRef(new AbortController());

  const read = useCallback(async () => {
    const { signal } = alive.current;
    try {
      const [seen, happened] = await Promise.all([
        api.getRun(id, { signal }),
        api.getRunEvents(id, {}, { signal }),
      ]);
      if (signal.aborted) return;
      setRun(seen);
      setEvents(happened);
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

  // Also after it has ended for a moment: a cancelled run's last call comes back later.
  const open =
    run?.state === 'running' ||
    run?.steps.some(({ state }) => state === 'running');
  const isThis = useCallback((signal: RunSignal) => signal.runId === id, [id]);
  usePolling(open ? id : undefined, read, useRunSignals(isThis, read));

  const wish = useCallback(
    async (work: () => Promise<Run>) => {
      const { signal } = alive.current;
      setBusy(true);
      try {
        setRun(await work());
        await read();
      } catch (failure) {
        if (!signal.aborted) setError(messageOf(failure));
      } finally {
        if (!signal.aborted) setBusy(false);
      }
    },
    [read],
  );

  return {
    run,
    events,
    error,
    busy,
    refresh: read,
    retry: () => wish(() => api.retryRun(id)),
    resume: () => wish(() => api.resumeRun(id)),
    cancel: () => wish(() => api.cancelRun(id)),
  };
}
