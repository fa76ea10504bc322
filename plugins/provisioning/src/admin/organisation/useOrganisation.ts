import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { usePolling } from '../../polling/usePolling';
import type {
  OrganisationState,
  OrganisationSync,
  SyncDecision,
} from './OrganisationSync';
import { organisationSyncApiRef } from './organisationSyncApi';

/** The state of the syncs; followed while one runs or was just let through. */
export function useOrganisation() {
  const api = useApi(organisationSyncApiRef);
  const [state, setState] = useState<OrganisationState>();
  const [error, setError] = useState<string>();

  const read = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const seen = await api.getState({ signal });
        if (signal?.aborted) return;
        setState(seen);
        setError(undefined);
      } catch (failure) {
        if (!signal?.aborted) setError(messageOf(failure));
      }
    },
    [api],
  );
  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal);
    return () => controller.abort();
  }, [read]);

  const refresh = useCallback(() => read(), [read]);
  const isMoving = state?.syncs.some(
    ({ isRunning, stopped }) => isRunning || stopped?.approvedBy,
  );
  usePolling(isMoving ? 'organisation' : undefined, refresh, true);

  const decide = async (
    sync: OrganisationSync,
    decision: SyncDecision,
    digest: string,
  ) => {
    try {
      await api.decide(sync, decision, digest);
      await read();
    } catch (failure) {
      await read();
      setError(messageOf(failure));
    }
  };
  return { state, error, refresh, decide };
}
