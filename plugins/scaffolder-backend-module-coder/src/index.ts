/**
 * Scaffolder actions for Coder workspaces.
 *
 * @packageDocumentation
 */
import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { coderScaffolderModule } from './module';

export type { CoderActionOptions } from './access';
export { createCreateWorkspaceAction } from './actions/createWorkspace';
export { createDeleteWorkspaceAction } from './actions/deleteWorkspace';
export { createPushTemplateAction } from './actions/pushTemplate';
export { createStartWorkspaceAction } from './actions/startWorkspace';
export { createStopWorkspaceAction } from './actions/stopWorkspace';
export type { TemplateVisibility } from './FormulaTemplates';
export { coderScaffolderModule };

/**
 * Loads {@link coderScaffolderModule} when Coder is configured.
 *
 * @public
 */
export default createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  *loader({ config, logger }) {
    if (config.has('coder')) {
      yield coderScaffolderModule;
    } else {
      logger.info(
        'The coder:* actions are off: there is no coder in the configuration',
      );
    }
  },
});
