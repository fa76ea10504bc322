import { useCallback, useEffect, useRef } from 'react';
import { usePolling } from './usePolling';
import { useRunSignals } from './useRunSignals';

/** Many runs change at once when many people are onboarded: the list follows in steps that an eye can follow. */
const REST_MS = 1_000;

const anyRun = () => true;

/**
 * Loads a list of runs anew when one of them changes, at most once a second;
 * and every ten seconds, in case that no signal arrives.
 */
export function useLiveList(reload: () => void): void {
  const latest = useRef(reload);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = reload;
  }, [reload]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const look = useCallback(() => latest.current(), []);
  const lookSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      look();
    }, REST_MS);
  }, [look]);
  useRunSignals(anyRun, lookSoon);
  usePolling('runs', look, false);
}
