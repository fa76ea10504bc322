import { useApi } from '@backstage/frontend-plugin-api';
import type { Reconciliation } from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { usePolling } from '../../polling/usePolling';

/** The newest reconciliation, and what can be done with it. */
export interface ReconciliationInSight {
  /** Undefined while it is not known, null when there was none so far. */
  latest?: Reconciliation | null;
  /** Why it could not be read, or why the last wish failed. */
  error?: string;
  /** What came of the last wish to mend. */
  notice?: string;
  busy: boolean;
  refresh(): void;
  start(): void;
  cancel(): void;
  /** Has drifts mended. */
  apply(driftIds: string[]): Promise<void>;
}

/** Reads the newest reconciliation, again and again while it compares or mends. */
export function useReconciliation(): ReconciliationInSight {
  const api = useApi(provisioningApiRef);
  const [latest, setLatest] = useState<Reconciliation | null>();
  const [error, setError] = useState<string>();
  const [notice, setNotice] = useState<string>();
  const [busy, setBusy] = useState(false);
  const alive = useRef(new AbortController());

  const read = useCallback(async () => {
    const { signal } = alive.current;
    try {
      const { items } = await api.getReconciliations({ limit: 1 }, { signal });
      if (signal.aborted) return;
      setLatest(items[0] ?? null);
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

  const isOpen =
    latest?.state === 'running' ||
    latest?.drifts.some(({ state }) => state === 'chosen');
  usePolling(isOpen ? latest?.id : undefined, read, true);

  const wish = async (work: () => Promise<string | undefined>) => {
    const { signal } = alive.current;
    setBusy(true);
    try {
      setNotice(await work());
      await read();
    } catch (failure) {
      if (!signal.aborted) setError(messageOf(failure));
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };
  const id = latest?.id ?? '';

  return {
    latest,
    error,
    notice,
    busy,
    refresh: read,
    start: () =>
      wish(async () => {
        await api.startReconciliation();
        return undefined;
      }),
    cancel: () =>
      wish(async () => {
        await api.cancelReconciliation(id);
        return undefined;
      }),
    apply: driftIds =>
      wish(async () => {
        const { accepted, needAdministrator, doneBefore } =
          await api.applyReconciliation(id, { driftIds });
        return [
          `${accepted} being mended`,
          needAdministrator > 0 &&
            `${needAdministrator} can only be mended by hand and are left as they are`,
          doneBefore > 0 && `${doneBefore} were done before`,
        ]
          .filter(Boolean)
          .join(', ');
      }),
  };
}
