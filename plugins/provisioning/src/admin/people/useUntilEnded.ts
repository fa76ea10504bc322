import { useApi } from '@backstage/frontend-plugin-api';
import type { RunSignal } from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { usePolling } from '../../polling/usePolling';
import { useRunSignals } from '../../polling/useRunSignals';

/** Looks again when a run has begun, while it is under way, and when it has ended. */
export function useUntilEnded(
  runId: string | undefined,
  look: () => void,
  onFailure: (message: string) => void,
): void {
  const api = useApi(provisioningApiRef);
  const [ended, setEnded] = useState<string>();

  useEffect(() => {
    if (runId) look();
  }, [runId, look]);

  const watch = useCallback(async () => {
    if (!runId) return;
    try {
      const run = await api.getRun(runId);
      if (run.state !== 'running') setEnded(runId);
      look();
    } catch (failure) {
      setEnded(runId);
      onFailure(messageOf(failure));
    }
  }, [api, runId, look, onFailure]);
  const watched = runId === ended ? undefined : runId;
  const isWatched = useCallback(
    (signal: RunSignal) => signal.runId === watched,
    [watched],
  );
  usePolling(watched, watch, useRunSignals(isWatched, watch));
}
