import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import feature from '.';

/** The actions that reach a scaffolder which runs with this configuration. */
async function actionsWith(data: Record<string, Record<string, string>>) {
  const added: string[] = [];
  const scaffolder = createBackendPlugin({
    pluginId: 'scaffolder',
    register({ registerExtensionPoint, registerInit }) {
      registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addActions(...actions: TemplateAction[]) {
          added.push(...actions.map(action => action.id));
        },
      });
      registerInit({ deps: { logger: coreServices.logger }, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [scaffolder, feature, mockServices.rootConfig.factory({ data })],
  });
  await backend.stop();
  return added;
}

describe('the module', () => {
  it('adds the actions when Coder is configured', async () => {
    const coder = { baseUrl: 'https://coder.example.com', token: 't' };
    await expect(actionsWith({ coder })).resolves.toEqual([
      'coder:create-workspace',
      'coder:start-workspace',
      'coder:stop-workspace',
      'coder:delete-workspace',
      'coder:push-template',
    ]);
  });

  it('adds nothing when it is not', async () => {
    await expect(actionsWith({})).resolves.toEqual([]);
  });
});
