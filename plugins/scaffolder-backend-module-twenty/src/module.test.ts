import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import feature from '.';

const start = async (config: object) => {
  const addActions = jest.fn();
  const scaffolder = createBackendPlugin({
    pluginId: 'scaffolder',
    register(registration) {
      registration.registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addActions,
      });
      registration.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      scaffolder,
      feature,
      mockServices.rootConfig.factory({ data: config }),
    ],
  });
  await backend.stop();
  return addActions.mock.calls.flat().map(({ id }) => id);
};

describe('the module', () => {
  it('adds its actions where Twenty is configured', async () => {
    const twenty = {
      baseUrl: 'http://localhost:1',
      token: 'secret',
    };
    await expect(start({ twenty })).resolves.toEqual([
      'twenty:create-person',
      'twenty:create-company',
      'twenty:create-opportunity',
      'twenty:upsert',
      'twenty:delete-record',
    ]);
  });

  it('adds nothing where it is not', async () => {
    await expect(start({})).resolves.toEqual([]);
  });
});
