/** Lets work that somebody waits for go before work that nobody waits for. */
export class Precedence {
  private underWay = 0;
  private readonly waiting = new Set<() => void>();

  /** Does what goes before. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.waiting.forEach(goOn => goOn());
    }
  }

  /** Waits until nothing goes before, but no longer than so many milliseconds. */
  async passed(mostMs: number): Promise<void> {
    if (this.underWay === 0) return;
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
}
