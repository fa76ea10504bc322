/** Ends one attempt of a call: when its time is up, or when its caller gives up. */
export class Deadline {
  private readonly abort = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort: () => void;

  /** @param caller - of whoever waits for the call */
  constructor(timeoutMs: number, private readonly caller?: AbortSignal) {
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.abort.abort();
    }, timeoutMs).unref();
    this.onAbort = () => this.abort.abort(caller?.reason);
    caller?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Whether the time is up. */
  isOver = false;

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** To be called when the attempt has ended. */
  clear(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.onAbort);
  }
}
