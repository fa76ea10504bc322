import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  createCatalogRegisterAction,
  createCatalogWriteAction,
  createDebugLogAction,
  createFetchCatalogEntityAction,
  createFetchPlainAction,
  createFetchPlainFileAction,
  createFetchTemplateAction,
  createFetchTemplateFileAction,
  createFilesystemDeleteAction,
  createFilesystemReadDirAction,
  createFilesystemRenameAction,
  createWaitAction,
} from '@backstage/plugin-scaffolder-backend';
import stockGitea from '@backstage/plugin-scaffolder-backend-module-gitea';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import approvals from '@formulary/plugin-scaffolder-backend-module-approvals';
import coder from '@formulary/plugin-scaffolder-backend-module-coder';
import gitea from '@formulary/plugin-scaffolder-backend-module-gitea-repository';
import mattermost from '@formulary/plugin-scaffolder-backend-module-mattermost';
import preProvisionUser from '@formulary/plugin-scaffolder-backend-module-pre-provision-user';
import twenty from '@formulary/plugin-scaffolder-backend-module-twenty';
import httpRequest from '@roadiehq/scaffolder-backend-module-http-request';
import { INSTALLED_ACTIONS } from './installedActions';

/** The actions of the modules that packages/backend adds. */
async function actionsOfModules(): Promise<string[]> {
  const ids: string[] = [];
  const scaffolder = createBackendPlugin({
    pluginId: 'scaffolder',
    register({ registerExtensionPoint, registerInit }) {
      registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addActions(...actions: TemplateAction[]) {
          ids.push(...actions.map(({ id }) => id));
        },
      });
      registerInit({ deps: { logger: coreServices.logger }, async init() {} });
    },
  });
  const service = { baseUrl: 'https://service.example', token: 't' };
  const backend = await startTestBackend({
    features: [
      scaffolder,
      stockGitea,
      httpRequest,
      coder,
      gitea,
      mattermost,
      twenty,
      approvals,
      preProvisionUser,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example' },
          coder: service,
          gitea: { ...service, username: 'portal', oauthSourceId: 1 },
          mattermost: { ...service, sso: { mode: 'openid' } },
          twenty: service,
        },
      }),
    ],
  });
  await backend.stop();
  return ids;
}

/** The actions that the scaffolder brings along. */
function actionsOfScaffolder(): string[] {
  const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));
  const reader = mockServices.urlReader.mock();
  const catalog = catalogServiceMock();
  return [
    createCatalogRegisterAction({ catalog, integrations }),
    createCatalogWriteAction(),
    createDebugLogAction(),
    createFetchCatalogEntityAction({ catalog }),
    createFetchPlainAction({ reader, integrations }),
    createFetchPlainFileAction({ reader, integrations }),
    createFetchTemplateAction({ reader, integrations }),
    createFetchTemplateFileAction({ reader, integrations }),
    createFilesystemDeleteAction(),
    createFilesystemReadDirAction(),
    createFilesystemRenameAction(),
    createWaitAction(),
  ].map(({ id }) => id);
}

describe('INSTALLED_ACTIONS', () => {
  it("are those of the scaffolder and of the backend's modules", async () => {
    const ids = [...actionsOfScaffolder(), ...(await actionsOfModules())];
    expect([...INSTALLED_ACTIONS].sort()).toEqual(ids.sort());
  });
});
