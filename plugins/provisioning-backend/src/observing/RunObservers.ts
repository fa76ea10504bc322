import { LoggerService } from '@backstage/backend-plugin-api';
import { RunChange } from './RunChange';

/** Somebody who wants to know what has changed. */
export interface RunObserver {
  /**
   * Told after the change has committed, by the process that made it. Nobody
   * waits for it; a process that dies in between tells nobody.
   */
  changed(change: RunChange): void | Promise<void>;
}

/** Passes changes on to all who want to know. One who fails is logged, and holds up neither the others nor the work. */
export class RunObservers {
  private readonly observers: RunObserver[] = [];

  constructor(private readonly logger: LoggerService) {}

  add(observer: RunObserver): void {
    this.observers.push(observer);
  }

  tell(change: RunChange): void {
    for (const observer of this.observers) {
      try {
        Promise.resolve(observer.changed(change)).catch(error =>
          this.complain(change, error),
        );
      } catch (error) {
        this.complain(change, error);
      }
    }
  }

  private complain({ type }: RunChange, error: unknown) {
    this.logger.warn(
      `A listener could not deal with ${type}; the work itself goes on`,
      error instanceof Error ? error : { reason: String(error) },
    );
  }
}
