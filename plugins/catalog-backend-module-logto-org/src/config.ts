import { Config } from '@backstage/config';
import {
  ModuleNames,
  readProviderSettings,
  SyncSettings,
  syncSettingsShape,
} from '@formulary/plugin-organization-sync-node';
import { z } from 'zod';

/** How this module is called. */
export const logtoNames: ModuleNames = {
  moduleId: 'logto-org',
  configKey: 'catalog.providers.logtoOrg',
  title: 'Logto',
};

const providerSchema = z.strictObject({
  endpoint: z.url(),
  appId: z.string().min(1),
  appSecret: z.string().min(1),
  resource: z.string().min(1).optional(),
  pageSize: z.number().int().min(1).max(100).default(100),
  roles: z.boolean().default(true),
  ...syncSettingsShape,
});

/** One Logto that is read, as the config says. */
export interface ProviderConfig
  extends SyncSettings,
    Omit<z.infer<typeof providerSchema>, keyof typeof syncSettingsShape> {}

/**
 * Reads `catalog.providers.logtoOrg`.
 *
 * @throws InputError that names the key which is wrong
 */
export function readProviderConfigs(config: Config): ProviderConfig[] {
  return readProviderSettings(config, logtoNames.configKey, providerSchema);
}
