import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { approvalsPermissions } from '@formulary/plugin-approvals-common';
import { Announcer } from './announcing/Announcer';
import { ApprovalsDatabase } from './database/ApprovalsDatabase';
import { Decisions } from './Decisions';
import { Gate } from './Gate';
import { Housekeeping } from './Housekeeping';
import { Access } from './http/Access';
import { createRouter } from './http/router';
import { ApproverFinder } from './people/ApproverFinder';
import { Directory } from './people/Directory';
import { TaskReader } from './plan/TaskReader';
import { readOrganisationAdmins, readRules } from './rules/readRules';

/**
 * Approvals of scaffolder tasks, with a REST API under `/api/approvals`.
 *
 * @public
 */
export const approvalsPlugin = createBackendPlugin({
  pluginId: 'approvals',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        databaseService: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({
        auditor,
        auth,
        catalog,
        config,
        databaseService,
        httpAuth,
        httpRouter,
        logger,
        notifications,
        permissions,
        permissionsRegistry,
        scaffolder,
        scheduler,
        signals,
      }) {
        permissionsRegistry.addPermissions(approvalsPermissions);
        const rules = readRules(config);
        const database = await ApprovalsDatabase.create(
          await databaseService.getClient(),
          { skipMigrations: databaseService.migrations?.skip },
        );
        const announcer = new Announcer({ notifications, signals, logger });
        const directory = new Directory(catalog, auth);
        const housekeeping = new Housekeeping({ database, announcer });
        await scheduler.scheduleTask({
          id: 'expire-and-remind',
          frequency: { minutes: 1 },
          initialDelay: { seconds: 30 },
          timeout: { minutes: 10 },
          scope: 'global',
          fn: signal => housekeeping.run(signal),
        });
        httpRouter.use(
          createRouter({
            access: new Access(httpAuth, permissions, directory),
            auditor,
            database,
            gate: new Gate({
              rules,
              database,
              directory,
              approvers: new ApproverFinder(
                directory,
                readOrganisationAdmins(config),
              ),
              tasks: new TaskReader(scaffolder),
              announcer,
            }),
            decisions: new Decisions({ database, directory, announcer }),
          }),
        );
        logger.info(
          rules.length > 0
            ? `Approvals by the rules ${rules
                .map(({ name }) => name)
                .join(', ')}`
            : 'No approvals are needed: approvals.rules is empty',
        );
      },
    });
  },
});
