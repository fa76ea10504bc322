const LOOK_EVERY_MS = 250;
/** How long somebody for whom waiting was in vain is not waited for again. */
const REST_MS = 10 * 60_000;
/** Subjects that are remembered; the oldest are forgotten. */
const REMEMBERED = 10_000;

/**
 * Gives the organisation sync a moment to bring somebody whom the catalog does
 * not know yet: right after their sign-up, or right after the portal's first
 * start. Who is not there then signs in without their groups, and the catalog
 * gives them their rights once it knows them.
 */
export class CatalogWait {
  /** When somebody was waited for in vain, by subject. */
  private readonly inVain = new Map<string, number>();

  /** @param limitMs - how long to wait at most; 0 waits for nobody */
  constructor(private readonly limitMs: number) {}

  /** Looks until there is something or the limit is over. */
  async until<T>(
    subject: string,
    look: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const began = Date.now();
    // A session is renewed often: who is in no catalog must not wait each time.
    const last = this.inVain.get(subject);
    const isResting = last !== undefined && began - last < REST_MS;
    for (;;) {
      const found = await look();
      if (found !== undefined) {
        this.inVain.delete(subject);
        return found;
      }
      if (isResting) return undefined;
      if (Date.now() - began >= this.limitMs) break;
      await new Promise(resolve => {
        setTimeout(resolve, LOOK_EVERY_MS);
      });
    }
    this.inVain.delete(subject);
    this.inVain.set(subject, Date.now());
    const [oldest] = this.inVain.keys();
    if (this.inVain.size > REMEMBERED) this.inVain.delete(oldest);
    return undefined;
  }
}
