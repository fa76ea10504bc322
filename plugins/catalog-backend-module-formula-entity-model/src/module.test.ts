import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogProcessingExtensionPoint,
  type CatalogProcessor,
  type CatalogProcessingExtensionPoint,
} from '@backstage/plugin-catalog-node';
import { catalogModuleFormulaEntityModel } from './module';

describe('catalogModuleFormulaEntityModel', () => {
  it('adds both processors to the catalog', async () => {
    const processors: CatalogProcessor[] = [];
    const extensionPoint: CatalogProcessingExtensionPoint = {
      addProcessor: (...added) => processors.push(...added.flat()),
      addEntityProvider: jest.fn(),
      addPlaceholderResolver: jest.fn(),
      setOnProcessingErrorHandler: jest.fn(),
    };
    await startTestBackend({
      extensionPoints: [[catalogProcessingExtensionPoint, extensionPoint]],
      features: [
        catalogModuleFormulaEntityModel,
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    expect(processors.map(processor => processor.getProcessorName())).toEqual([
      'FormulaEntityProcessor',
      'ResourceLinksProcessor',
    ]);
  });
});
