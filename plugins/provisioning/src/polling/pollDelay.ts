const QUICK_MS = 2_000;
const SLOW_MS = 10_000;
const QUICK_FOR_MS = 60_000;
const WATCH_FOR_MS = 15 * 60_000;

/**
 * Milliseconds until a run that is under way is looked at again: often while
 * somebody is likely to wait for it, then seldom, then not any more.
 *
 * @param watchedMs - since when it has been watched
 */
export function pollDelay(watchedMs: number): number | undefined {
  if (watchedMs < QUICK_FOR_MS) return QUICK_MS;
  return watchedMs < WATCH_FOR_MS ? SLOW_MS : undefined;
}
