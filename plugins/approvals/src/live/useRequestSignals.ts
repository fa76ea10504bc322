import { useSignal } from '@backstage/plugin-signals-react';
import {
  APPROVALS_CHANNEL,
  type ApprovalSignal,
} from '@formulary/plugin-approvals-common';
import { useEffect, useRef } from 'react';

/**
 * Looks anew whenever a signal says that a request has changed.
 *
 * @param id - the request that is shown; undefined: any
 */
export function useRequestSignals(
  id: string | undefined,
  look: () => Promise<void> | void,
): void {
  const { lastSignal } = useSignal<ApprovalSignal>(APPROVALS_CHANNEL);
  const seen = useRef<ApprovalSignal | null>(null);
  useEffect(() => {
    if (!lastSignal || lastSignal === seen.current) return;
    seen.current = lastSignal;
    if (!id || lastSignal.requestId === id) look();
  }, [lastSignal, id, look]);
}
