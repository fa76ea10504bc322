import { useEffect, useRef } from 'react';
import { pollDelay } from './pollDelay';

/**
 * Does something again and again while somebody looks, then not any more.
 *
 * @param subject - what is being watched; another one starts afresh, undefined watches nothing
 * @param look - must be stable between renders: `useCallback`
 * @param quick - whether to look often at first, see {@link pollDelay}
 */
export function usePolling(
  subject: string | undefined,
  look: () => Promise<void> | void,
  quick: boolean,
): void {
  const hurry = useRef(quick);
  useEffect(() => {
    hurry.current = quick;
  }, [quick]);

  useEffect(() => {
    if (!subject) return undefined;
    const began = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const delay = pollDelay(Date.now() - began, hurry.current);
      if (delay === undefined) return;
      timer = setTimeout(async () => {
        if (!document.hidden) await look();
        wait();
      }, delay);
    };
    wait();
    return () => clearTimeout(timer);
  }, [subject, look]);
}
