const QUICK_MS = 2_000;
const SLOW_MS = 10_000;
const QUICK_FOR_MS = 60_000;
const WATCH_FOR_MS = 15 * 60_000;

/**
 * Milliseconds until a run that is under way is looked at again: seldom, and
 * after a while not any more. Somebody who waits sees changes at once through
 * signals; while it is open whether those arrive, it is looked at often.
 *
 * @param watchedMs - since when it has been watched
 * @param quick - whether to look often at first
 */
export function pollDelay(
  watchedMs: number,
  quick: boolean,
): number | undefined {
  if (quick && watchedMs < QUICK_FOR_MS) return QUICK_MS;
  return watchedMs < WATCH_FOR_MS ? SLOW_MS : undefined;
}
