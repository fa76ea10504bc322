/**
 * Scaffolder actions for Twenty CRM.
 *
 * @packageDocumentation
 */
import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { scaffolderTwentyModule } from './module';

export { createCreateCompanyAction } from './actions/createCompany';
export { createCreateOpportunityAction } from './actions/createOpportunity';
export { createCreatePersonAction } from './actions/createPerson';
export { createDeleteRecordAction } from './actions/deleteRecord';
export { createUpsertAction } from './actions/upsert';
export { scaffolderTwentyModule };

/**
 * The module, where `twenty` is configured; nothing elsewhere.
 *
 * @public
 */
export default createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  *loader({ config, logger }) {
    if (config.has('twenty')) {
      yield scaffolderTwentyModule;
    } else {
      logger.info(
        'Twenty is not configured: its scaffolder actions are left out',
      );
    }
  },
});
