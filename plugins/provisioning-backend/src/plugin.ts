import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { provisioningPermissions } from '@formulary/plugin-provisioning-common';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import { ProvisioningDatabase } from './database/ProvisioningDatabase';
import { Engine } from './Engine';
import { ConnectorRegistry } from './engine/ConnectorRegistry';
import { Access } from './http/Access';
import { createRouter } from './http/router';
import { ServiceHealthReader } from './http/ServiceHealthReader';
import { createPersonResolver } from './identity/createPersonResolver';
import { readReconcileSchedule } from './settings';
import { KeycloakWebhook } from './webhooks/KeycloakWebhook';
import { createWebhookRouter, KEYCLOAK_WEBHOOK_PATH } from './webhooks/router';

/**
 * The provisioning engine and its REST API under `/api/provisioning`, without any connector.
 *
 * @public
 */
export const provisioningPlugin = createBackendPlugin({
  pluginId: 'provisioning',
  register(env) {
    const connectors = new ConnectorRegistry();
    env.registerExtensionPoint(
      provisioningConnectorsExtensionPoint,
      connectors,
    );
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        databaseService: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init({
        auditor,
        auth,
        catalog,
        config,
        databaseService,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        permissionsRegistry,
        scheduler,
      }) {
        permissionsRegistry.addPermissions(provisioningPermissions);

        const knex = await databaseService.getClient();
        const database = await ProvisioningDatabase.create(knex, {
          skipMigrations: databaseService.migrations?.skip,
        });
        const persons = createPersonResolver({
          config,
          database,
          catalog,
          auth,
        });
        const engine = await Engine.create({
          config,
          logger,
          knex,
          database,
          connectors,
          persons,
        });
        lifecycle.addStartupHook(() => engine.start());
        lifecycle.addShutdownHook(() => engine.stop());
        await scheduler.scheduleTask({
          id: 'remove-leavers',
          frequency: { hours: 1 },
          initialDelay: { minutes: 1 },
          timeout: { minutes: 15 },
          scope: 'global',
          fn: () => engine.retention.run(),
        });

        const reconcileSchedule = readReconcileSchedule(config);
        if (reconcileSchedule) {
          await scheduler.scheduleTask({
            ...reconcileSchedule,
            id: 'reconcile',
            fn: async () => {
              try {
                await engine.reconciler.start('provisioning');
              } catch (error) {
                if (!(error instanceof ConflictError)) throw error;
                logger.info('The reconciliation before is still under way');
              }
            },
          });
        }

        const secret = config.getOptionalString(
          'provisioning.webhooks.keycloak.secret',
        );
        if (secret) {
          httpRouter.use(
            createWebhookRouter(
              new KeycloakWebhook(database, secret, auditor, logger),
            ),
          );
          httpRouter.addAuthPolicy({
            path: KEYCLOAK_WEBHOOK_PATH,
            allow: 'unauthenticated',
          });
        }
        httpRouter.use(
          createRouter({
            access: new Access(httpAuth, permissions),
            auditor,
            database,
            connectors,
            persons,
            provisioning: engine.provisioning,
            offboarding: engine.offboarding,
            reconciler: engine.reconciler,
            mender: engine.mender,
            health: new ServiceHealthReader(connectors),
          }),
        );
        logger.info(
          `Provisioning for ${
            connectors
              .services()
              .map(({ title }) => title)
              .join(', ') || 'no service: none is configured'
          }`,
        );
      },
    });
  },
});
