import { useSignal } from '@backstage/plugin-signals-react';
import {
  RUNS_CHANNEL,
  type RunSignal,
} from '@formulary/plugin-provisioning-common';
import { useEffect, useState } from 'react';

/**
 * Looks anew whenever a signal says that a run has changed.
 *
 * @param concerns - whether a signal is about what is shown; stable between renders
 * @param look - stable between renders
 * @returns whether it is open if signals arrive: the portal has them, and none was heard so far
 */
export function useRunSignals(
  concerns: (signal: RunSignal) => boolean,
  look: () => Promise<void> | void,
): boolean {
  const { lastSignal, isSignalsAvailable } = useSignal<RunSignal>(RUNS_CHANNEL);
  const [seen, setSeen] = useState<RunSignal | null>(null);

  useEffect(() => {
    if (!lastSignal || lastSignal === seen) return;
    setSeen(lastSignal);
    if (concerns(lastSignal)) look();
  }, [lastSignal, seen, concerns, look]);

  return isSignalsAvailable && !lastSignal;
}
