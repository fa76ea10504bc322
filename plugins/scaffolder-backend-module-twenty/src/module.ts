import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { taskAccessServiceRef } from '@formulary/plugin-provisioning-node';
import { twentyClientServiceRef } from '@formulary/plugin-twenty-node';
import { createCreateCompanyAction } from './actions/createCompany';
import { createCreateOpportunityAction } from './actions/createOpportunity';
import { createCreatePersonAction } from './actions/createPerson';
import { createDeleteRecordAction } from './actions/deleteRecord';
import { createUpsertAction } from './actions/upsert';

/**
 * Adds the Twenty actions to the scaffolder.
 *
 * @public
 */
export const scaffolderTwentyModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'twenty',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        client: twentyClientServiceRef,
        taskAccess: taskAccessServiceRef,
      },
      async init({ actions, client, taskAccess }) {
        const options = { client, taskAccess };
        actions.addActions(
          createCreatePersonAction(options),
          createCreateCompanyAction(options),
          createCreateOpportunityAction(options),
          createUpsertAction(options),
          createDeleteRecordAction(options),
        );
      },
    });
  },
});
