import { useEffect } from 'react';
import { pollDelay } from './pollDelay';

/**
 * Does something again and again while somebody looks: often at first, then
 * seldom, then not any more.
 *
 * @param subject - what is being watched; another one starts afresh, undefined watches nothing
 * @param look - must be stable between renders: `useCallback`
 */
export function usePolling(
  subject: string | undefined,
  look: () => Promise<void> | void,
): void {
  useEffect(() => {
    if (!subject) return undefined;
    const began = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const delay = pollDelay(Date.now() - began);
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
