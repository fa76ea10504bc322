import { createBackend } from '@backstage/backend-defaults';
import { startMetrics } from './instrumentation';
import { urlReaderServiceFactory } from './reading/urlReaderServiceFactory';
import { schedulerPermissionsModule } from './scheduler/schedulerPermissionsModule';
import { schedulerServiceFactory } from './scheduler/schedulerServiceFactory';

const backend = createBackend();

backend.add(schedulerServiceFactory);
backend.add(schedulerPermissionsModule);
backend.add(urlReaderServiceFactory);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-proxy-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(
  import('@formulary/plugin-auth-backend-module-organization-sign-in'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(
  import('@formulary/plugin-catalog-backend-module-formula-entity-model'),
);
backend.add(import('@formulary/plugin-catalog-backend-module-keycloak-org'));
backend.add(import('@formulary/plugin-catalog-backend-module-logto-org'));
backend.add(import('@formulary/plugin-catalog-backend-module-organization'));

backend.add(import('@formulary/user-info-node'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@backstage-community/plugin-rbac-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitea'));
backend.add(import('@roadiehq/scaffolder-backend-module-http-request'));
backend.add(import('@formulary/plugin-scaffolder-backend-module-coder'));
backend.add(
  import('@formulary/plugin-scaffolder-backend-module-gitea-repository'),
);
backend.add(import('@formulary/plugin-scaffolder-backend-module-mattermost'));
backend.add(import('@formulary/plugin-scaffolder-backend-module-organization'));
backend.add(import('@formulary/plugin-scaffolder-backend-module-twenty'));
backend.add(
  import('@formulary/plugin-scaffolder-backend-module-pre-provision-user'),
);
backend.add(import('@formulary/plugin-scaffolder-backend-module-approvals'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@formulary/plugin-access-backend'));
backend.add(import('@formulary/plugin-approvals-backend'));
backend.add(import('@formulary/plugin-formulas-backend'));
backend.add(import('@formulary/plugin-provisioning-backend'));

startMetrics()
  .catch(error => {
    process.stderr.write(`Metrics cannot be offered: ${error}\n`);
    throw error;
  })
  .then(() => backend.start())
  .catch(() => {
    // What failed has been said. Half a portal would only answer 503 for ever.
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  });
