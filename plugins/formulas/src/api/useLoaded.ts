import { messageOf } from '@formulary/failure-messages';
import { useCallback, useEffect, useState } from 'react';

/** State of something that is being loaded. */
export type Loaded<T> =
  | { status: 'loading' }
  | { status: 'failed'; message: string; retry: () => void }
  | { status: 'ready'; value: T };

type Outcome<T> =
  | { load: () => Promise<T>; value: T }
  | { load: () => Promise<T>; message: string };

/**
 * Loads something when shown, when `load` changes, and when asked to try
 * again. Answers that come too late are dropped.
 *
 * @param load - must be stable between renders: `useCallback`
 */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [outcome, setOutcome] = useState<Outcome<T>>();
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => {
    setOutcome(undefined);
    setAttempt(count => count + 1);
  }, []);

  useEffect(() => {
    let current = true;
    load().then(
      value => current && setOutcome({ load, value }),
      error => current && setOutcome({ load, message: messageOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [load, attempt]);

  // What was loaded by an earlier `load` belongs to something else.
  if (!outcome || outcome.load !== load) {
    return { status: 'loading' };
  }
  return 'value' in outcome
    ? { status: 'ready', value: outcome.value }
    : { status: 'failed', message: outcome.message, retry };
}
