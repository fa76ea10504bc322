import { Config } from '@backstage/config';
import {
  ModuleNames,
  readProviderSettings,
  SyncSettings,
  syncSettingsShape,
} from '@formulary/plugin-organization-sync-node';
import { z } from 'zod';

/** How this module is called. */
export const keycloakNames: ModuleNames = {
  moduleId: 'keycloak-org',
  configKey: 'catalog.providers.keycloakOrg',
  title: 'Keycloak',
};

const providerSchema = z.strictObject({
  baseUrl: z.url(),
  realm: z.string().min(1),
  loginRealm: z.string().min(1).optional(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  pageSize: z.number().int().min(1).max(1000).default(100),
  realmRoles: z.boolean().default(true),
  ...syncSettingsShape,
});

/** One realm that is read, as the config says. */
export interface ProviderConfig
  extends SyncSettings,
    Omit<
      z.infer<typeof providerSchema>,
      keyof typeof syncSettingsShape | 'loginRealm'
    > {
  loginRealm: string;
}

/**
 * Reads `catalog.providers.keycloakOrg`.
 *
 * @throws InputError that names the key which is wrong
 */
export function readProviderConfigs(config: Config): ProviderConfig[] {
  return readProviderSettings(
    config,
    keycloakNames.configKey,
    providerSchema,
  ).map(({ loginRealm, ...rest }) => ({
    ...rest,
    loginRealm: loginRealm ?? rest.realm,
  }));
}
