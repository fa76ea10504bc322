import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { twentyClientServiceRef } from '@formulary/plugin-twenty-node';
import { createCreateCompanyAction } from './actions/createCompany';
import { createCreateOpportunityAction } from './actions/createOpportunity';
import { createCreatePersonAction } from './actions/createPerson';
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
      },
      async init({ actions, client }) {
        actions.addActions(
          createCreatePersonAction(client),
          createCreateCompanyAction(client),
          createCreateOpportunityAction(client),
          createUpsertAction(client),
        );
      },
    });
  },
});
