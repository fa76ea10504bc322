import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { RemovalLimits } from './RemovalGuard';

/**
 * Keys that every provider of organisation data has, for the schema of its config.
 *
 * @public
 */
export const syncSettingsShape = {
  // Read by Backstage's own reader below.
  schedule: z.unknown().optional(),
  concurrency: z.number().int().min(1).max(32).default(4),
  removals: z
    .strictObject({
      maxPercent: z.number().min(0).max(100).default(10),
      minimum: z.number().int().min(0).default(5),
    })
    .prefault({}),
  notify: z.array(z.string().min(1)).default([]),
};

/**
 * How one provider syncs.
 *
 * @public
 */
export interface SyncSettings {
  /** Name of its config. */
  id: string;
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** Calls to the identity provider at once. */
  concurrency: number;
  removals: RemovalLimits;
  /** Refs of who is notified of a sync that stopped. */
  notify: string[];
}

/**
 * Reads the providers below a key, by their names.
 *
 * @param schema - of one provider; holds {@link syncSettingsShape}
 * @throws InputError that names the key which is wrong
 *
 * @public
 */
export function readProviderSettings<T extends { schedule?: unknown }>(
  config: Config,
  key: string,
  schema: z.ZodType<T>,
): (Omit<T, 'schedule'> & Pick<SyncSettings, 'id' | 'schedule'>)[] {
  const providers = config.getOptionalConfig(key);
  return (providers?.keys() ?? []).map(id => {
    const provider = providers!.getConfig(id);
    const result = schema.safeParse(provider.get());
    if (!result.success) {
      throw new InputError(
        `${key}.${id} is wrong: ${result.error.issues
          .map(issue =>
            [[key, id, ...issue.path].join('.'), issue.message].join(': '),
          )
          .join('; ')}`,
      );
    }
    return {
      ...result.data,
      id,
      schedule: provider.has('schedule')
        ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
            provider.getConfig('schedule'),
          )
        : { frequency: { minutes: 5 }, timeout: { minutes: 15 } },
    };
  });
}
