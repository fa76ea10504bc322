/** Milliseconds without anything that goes before until the rest goes on: of a flood, one has hardly ended when the next is there. */
const QUIET_MS = 10;

/** Lets work that somebody waits for go before work that nobody waits for. */
export class Precedence {
  private underWay = 0;
  private quiet?: NodeJS.Timeout;
  private readonly waiting = new Set<() => void>();

  /** Does what goes before. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    clearTimeout(this.quiet);
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) {
        this.quiet = setTimeout(() => this.release(), QUIET_MS).unref();
      }
    }
  }

  /** Waits until nothing goes before, but no longer than so many milliseconds. */
  async passed(mostMs: number): Promise<void> {
    if (this.underWay === 0 && this.quiet === undefined) return;
    let goOn = () => {};
    const released = new Promise<void>(resolve => {
      goOn = resolve;
    });
    const timer = setTimeout(goOn, mostMs);
    this.waiting.add(goOn);
    await released;
    clearTimeout(timer);
    this.waiting.delete(goOn);
  }

  private release() {
    this.quiet = undefined;
    this.waiting.forEach(goOn => goOn());
  }
}
