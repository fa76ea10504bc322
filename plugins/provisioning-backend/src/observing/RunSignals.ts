import { setTimeout as delay } from 'node:timers/promises';
import { SignalsService } from '@backstage/plugin-signals-node';
import { RUNS_CHANNEL, RunSignal } from '@formulary/plugin-provisioning-common';
import { ProvisioningDatabase } from '../database/ProvisioningDatabase';
import { RunChange } from './RunChange';
import { RunObserver } from './RunObservers';

/** Time in which the changes of a run become one signal. */
const GATHER_MS = 100;

/** Runs whose signal waits at most. Whoever misses one still sees the change a little later. */
const MAX_WAITING = 1_000;

/**
 * Tells browsers that a run has changed, so that they read it anew: the person
 * whose run it is, and the administrators. Several changes of a run within a
 * moment become one signal.
 */
export class RunSignals implements RunObserver {
  private readonly waiting = new Map<string, string>();
  private busy = false;

  constructor(
    private readonly options: {
      signals: SignalsService;
      database: ProvisioningDatabase;
      /** Refs of the users and groups who hear of everybody's runs. */
      admins: string[];
    },
  ) {}

  async changed(change: RunChange): Promise<void> {
    if (!('runId' in change)) return;
    if (this.waiting.size >= MAX_WAITING) return;
    this.waiting.set(change.runId, change.personId);
    if (this.busy) return;
    this.busy = true;
    try {
      await delay(GATHER_MS, undefined, { ref: false });
      for (const [runId, personId] of this.waiting) {
        this.waiting.delete(runId);
        await this.publish(runId, personId);
      }
    } catch (error) {
      this.waiting.clear();
      throw error;
    } finally {
      this.busy = false;
    }
  }

  private async publish(runId: string, personId: string): Promise<void> {
    const { signals, database, admins } = this.options;
    const { person } = await database.persons.get(personId);
    const recipients = [...new Set([person.userRef, ...admins])].filter(
      ref => ref !== '',
    );
    if (recipients.length === 0) return;
    await signals.publish<RunSignal>({
      recipients: { type: 'user', entityRef: recipients },
      channel: RUNS_CHANNEL,
      message: { runId, userRef: person.userRef },
    });
  }
}
