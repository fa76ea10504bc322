import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ConflictError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { provisioningPermissions } from '@formulary/plugin-provisioning-common';
import { provisioningConnectorsExtensionPoint } from '@formulary/plugin-provisioning-node';
import { announcementOutbox } from './announcing/announcementJobs';
import { Announcer } from './announcing/Announcer';
import { EventRetention } from './audit/EventRetention';
import { ProvisioningDatabase } from './database/ProvisioningDatabase';
import { EntitlementPlanner } from './defaults/EntitlementPlanner';
import { readDefaultRules } from './defaults/readDefaultRules';
import { Engine, LOOK_TIMEOUT_MS } from './Engine';
import { ConnectorRegistry } from './engine/ConnectorRegistry';
import { Access } from './http/Access';
import { createRouter } from './http/router';
import { ServiceHealthReader } from './http/ServiceHealthReader';
import { createPersonResolver } from './identity/createPersonResolver';
import { observeCircuits } from './observing/observeCircuits';
import { observeQueue } from './observing/observeQueue';
import { RunMetrics } from './observing/RunMetrics';
import { RunObservers } from './observing/RunObservers';
import { RunSignals } from './observing/RunSignals';
import { Precedence } from './queue/Precedence';
import { BY_SCHEDULE } from './reconcile/Reconciler';
import {
  readAdmins,
  readEventRetentionMs,
  readReconcileSchedule,
  readRefusedPerMinute,
} from './settings';
import { createWebhooks } from './webhooks/createWebhooks';
import { createWebhookRouter } from './webhooks/router';

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
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({
        auditor,
        auth,
        catalog,
        config,
        databaseService,
        events,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        metrics,
        notifications,
        permissions,
        permissionsRegistry,
        scheduler,
        signals,
      }) {
        permissionsRegistry.addPermissions(provisioningPermissions);

        const knex = await databaseService.getClient();
        const admins = readAdmins(config);
        const observers = new RunObservers(logger);
        const database = await ProvisioningDatabase.create(knex, {
          skipMigrations: databaseService.migrations?.skip,
          observers,
          outbox: announcementOutbox(admins.length > 0),
        });
        observers.add(new RunMetrics(metrics));
        observers.add(new RunSignals({ signals, database, admins }));
        const announcer = new Announcer({
          database,
          notifications,
          admins,
          titleOf: service => connectors.find(service)?.title ?? service,
          logger,
        });
        const defaults = readDefaultRules(config, connectors);
        const persons = createPersonResolver({
          config,
          database,
          catalog,
          auth,
          withRoles: defaults.asksForRoles,
        });
        const precedence = new Precedence();
        const engine = await Engine.create({
          config,
          logger,
          knex,
          database,
          connectors,
          persons,
          defaults,
          precedence,
          tasks: [announcer.task()],
        });
        observeQueue({ metrics, knex, logger, tasks: engine.taskNames() });
        observeCircuits({
          metrics,
          circuits: engine.circuits,
          services: connectors.services().map(({ service }) => service),
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
                await engine.reconciler.start(BY_SCHEDULE);
              } catch (error) {
                if (!(error instanceof ConflictError)) throw error;
                logger.info('The reconciliation before is still under way');
              }
            },
          });
        }

        const keepEventsMs = readEventRetentionMs(config);
        if (keepEventsMs !== undefined) {
          const eventRetention = new EventRetention(
            database.events,
            keepEventsMs,
            logger,
          );
          await scheduler.scheduleTask({
            id: 'delete-old-events',
            frequency: { hours: 6 },
            initialDelay: { minutes: 5 },
            timeout: { minutes: 30 },
            scope: 'global',
            fn: signal => eventRetention.run(signal),
          });
        }

        const webhooks = createWebhooks({
          config,
          database,
          auditor,
          events,
          logger,
        });
        httpRouter.use(
          createWebhookRouter(webhooks, {
            refusedPerMinute: readRefusedPerMinute(config),
            precedence,
          }),
        );
        for (const { path } of webhooks) {
          httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        httpRouter.use(
          createRouter({
            access: new Access(httpAuth, permissions),
            auditor,
            database,
            connectors,
            persons,
            defaults,
            plans: new EntitlementPlanner({
              database,
              connectors,
              defaults,
              timeoutMs: LOOK_TIMEOUT_MS,
            }),
            bulk: engine.bulk,
            provisioning: engine.provisioning,
            offboarding: engine.offboarding,
            rollback: engine.rollback,
            reconciler: engine.reconciler,
            mender: engine.mender,
            health: new ServiceHealthReader(connectors, engine.circuits),
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
