import { JsonObject } from '@backstage/types';
import { ServiceId } from './types';

/**
 * How one thing that a task made is undone: a scaffolder action and its input.
 *
 * Actions put it into their output `rollback` for what they created, never for
 * what was there before.
 *
 * @public
 */
export interface RollbackStep {
  service: ServiceId;
  /** What undoing does, for people: "Delete the repository alice/web-shop". */
  description: string;
  /** Id of the action that undoes it, such as `gitea:delete-repository`. */
  action: string;
  /** Input of that action; never a secret. */
  input: JsonObject;
}
