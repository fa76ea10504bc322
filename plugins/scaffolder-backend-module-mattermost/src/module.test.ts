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
  it('adds its actions where Mattermost is configured', async () => {
    const mattermost = {
      baseUrl: 'http://localhost:1',
      token: 'secret',
      sso: { mode: 'openid' },
    };
    await expect(start({ mattermost })).resolves.toEqual([
      'mattermost:add-to-team',
      'mattermost:create-user',
      'mattermost:post-message',
      'mattermost:remove-from-team',
      'mattermost:archive-channel',
    ]);
  });

  it('adds nothing where it is not', async () => {
    await expect(start({})).resolves.toEqual([]);
  });
});
