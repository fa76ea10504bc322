import { ActionContext } from '@backstage/plugin-scaffolder-node';

type Checkpoint = ActionContext<never>['checkpoint'];

/** The scaffolder's store of checkpoints: what succeeded is kept, over several runs of a step. */
export class Checkpoints {
  private readonly stored = new Map<string, string>();
  private death?: RegExp;

  /** Ends the process after the work of a checkpoint and before that is stored, once. The first looks are left alone. */
  dieAfter(key: RegExp): void {
    this.death = key;
  }

  readonly checkpoint: Checkpoint = async ({ key, fn }) => {
    const known = this.stored.get(key);
    if (known !== undefined) return JSON.parse(known);
    const value = await fn();
    if (this.death?.test(key) && !key.endsWith('.before')) {
      this.death = undefined;
      throw new Error('the process died');
    }
    this.stored.set(key, JSON.stringify(value ?? {}));
    return value;
  };
}
