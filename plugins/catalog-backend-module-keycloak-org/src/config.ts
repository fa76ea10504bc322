import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const KEY = 'catalog.providers.keycloakOrg';

const providerSchema = z.strictObject({
  baseUrl: z.url(),
  realm: z.string().min(1),
  loginRealm: z.string().min(1).optional(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  // Read by Backstage's own reader below.
  schedule: z.unknown().optional(),
  pageSize: z.number().int().min(1).max(1000).default(100),
  concurrency: z.number().int().min(1).max(32).default(4),
  realmRoles: z.boolean().default(true),
  removals: z
    .strictObject({
      maxPercent: z.number().min(0).max(100).default(10),
      minimum: z.number().int().min(0).default(5),
    })
    .prefault({}),
  notify: z.array(z.string().min(1)).default([]),
});

/** One realm that is read, as the config says. */
export interface ProviderConfig
  extends Omit<z.infer<typeof providerSchema>, 'schedule' | 'loginRealm'> {
  /** Name below `catalog.providers.keycloakOrg`. */
  id: string;
  loginRealm: string;
  schedule: SchedulerServiceTaskScheduleDefinition;
}

/**
 * Reads `catalog.providers.keycloakOrg`.
 *
 * @throws InputError that names the key which is wrong
 */
export function readProviderConfigs(config: Config): ProviderConfig[] {
  const providers = config.getOptionalConfig(KEY);
  return (providers?.keys() ?? []).map(id => {
    const provider = providers!.getConfig(id);
    const result = providerSchema.safeParse(provider.get());
    if (!result.success) {
      throw new InputError(
        `${KEY}.${id} is wrong: ${result.error.issues
          .map(issue =>
            [[KEY, id, ...issue.path].join('.'), issue.message].join(': '),
          )
          .join('; ')}`,
      );
    }
    const { loginRealm, ...rest } = result.data;
    return {
      ...rest,
      id,
      loginRealm: loginRealm ?? rest.realm,
      schedule: provider.has('schedule')
        ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
            provider.getConfig('schedule'),
          )
        : { frequency: { minutes: 5 }, timeout: { minutes: 15 } },
    };
  });
}
