import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { FormulaEntityProcessor } from './FormulaEntityProcessor';
import { ResourceLinksProcessor } from './ResourceLinksProcessor';

/**
 * Teaches the catalog the kind Formula, and to link the resources that a
 * formula made.
 *
 * @public
 */
export const catalogModuleFormulaEntityModel = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'formula-entity-model',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        catalog: catalogProcessingExtensionPoint,
      },
      async init({ config, catalog }) {
        catalog.addProcessor(
          new FormulaEntityProcessor(),
          ResourceLinksProcessor.fromConfig(config),
        );
      },
    });
  },
});
