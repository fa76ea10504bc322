import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { FakeLogto } from '@formulary/logto-test-utils';
import { TestSync } from '@formulary/organization-sync-test-utils';
import { readProviderConfigs } from '../config';
import { createLogtoProvider } from '../createLogtoProvider';

/** Begins anew with an empty Logto and an empty catalog; pages of ten. */
export async function resetSync(
  sync: TestSync,
  logto: FakeLogto,
  settings: JsonObject = {},
): Promise<void> {
  logto.users.clear();
  logto.organizations.clear();
  logto.answerAgain();
  logto.asked.splice(0);
  const config = mockServices.rootConfig({
    data: {
      catalog: {
        providers: {
          logtoOrg: { test: { ...logto.config, pageSize: 10, ...settings } },
        },
      },
    },
  });
  const [provider] = readProviderConfigs(config);
  await sync.reset(services => createLogtoProvider(provider, services));
}
