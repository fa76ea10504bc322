import { z } from 'zod';
import { ServiceId } from './types';

/**
 * An account that the rollback of a run would remove.
 *
 * @public
 */
export interface RollbackAccount {
  service: ServiceId;
  /** Name of the service as people know it, such as "Gitea". */
  title: string;
  /** Name of the account in the service. */
  username?: string;
  url?: string;
  /** Why the account stays, and with it all the others; for people. */
  obstacle?: string;
  /** Why nobody knows whether there is an obstacle, for people; the rollback looks again before it removes anything. */
  unknown?: string;
}

/**
 * What the rollback of a run would do.
 *
 * @public
 */
export interface RollbackPreview {
  /** The accounts that the run has made, the newest first. */
  accounts: RollbackAccount[];
}

/** @public */
export const rollbackAccountSchema: z.ZodType<RollbackAccount> = z.object({
  service: z.string(),
  title: z.string(),
  username: z.string().optional(),
  url: z.string().optional(),
  obstacle: z.string().optional(),
  unknown: z.string().optional(),
});

/** @public */
export const rollbackPreviewSchema: z.ZodType<RollbackPreview> = z.object({
  accounts: z.array(rollbackAccountSchema),
});
