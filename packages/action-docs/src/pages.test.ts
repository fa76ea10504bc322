import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import approvals from '@formulary/plugin-scaffolder-backend-module-approvals';
import coder from '@formulary/plugin-scaffolder-backend-module-coder';
import gitea from '@formulary/plugin-scaffolder-backend-module-gitea-repository';
import mattermost from '@formulary/plugin-scaffolder-backend-module-mattermost';
import preProvisionUser from '@formulary/plugin-scaffolder-backend-module-pre-provision-user';
import twenty from '@formulary/plugin-scaffolder-backend-module-twenty';
import { documentedActions } from './actions';
import { fieldsOf } from './fields';
import { documentationPages, root } from './pages';

const service = { baseUrl: 'https://service.example.com', token: 't' };
const config = {
  app: { baseUrl: 'https://portal.example.com' },
  coder: service,
  gitea: { ...service, username: 'bot', oauthSourceId: 1 },
  mattermost: { ...service, sso: { mode: 'openid' } },
  twenty: service,
};

/** Ids of the actions that the modules add to the scaffolder. */
async function installedActions(): Promise<string[]> {
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
  const backend = await startTestBackend({
    features: [
      scaffolder,
      approvals,
      coder,
      gitea,
      mattermost,
      preProvisionUser,
      twenty,
      mockServices.rootConfig.factory({ data: config }),
    ],
  });
  await backend.stop();
  return ids.sort();
}

describe('the reference of the actions', () => {
  it('tells of every action that the modules add', async () => {
    const documented = documentedActions().map(({ id }) => id);
    expect(documented.sort()).toEqual(await installedActions());
  });

  it('is up to date; otherwise run: yarn docs:actions', async () => {
    const pages = await documentationPages();
    for (const [path, content] of pages) {
      expect(`${path}\n${readFileSync(join(root, path), 'utf8')}`).toBe(
        `${path}\n${content}`,
      );
    }
    const there = readdirSync(join(root, 'docs/actions'));
    expect(there.map(name => `docs/actions/${name}`).sort()).toEqual(
      [...pages.keys()].filter(path => path.startsWith('docs/')).sort(),
    );
  });

  it('tells what each action does and has an example of it', () => {
    const silent = documentedActions().filter(
      ({ description, examples = [] }) => !description || examples.length === 0,
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('tells what each input and output means', () => {
    const silent = documentedActions().flatMap(({ id, schema }) =>
      [...fieldsOf(schema?.input), ...fieldsOf(schema?.output)]
        .filter(({ description }) => !description)
        .map(({ name }) => `${id} ${name}`),
    );
    expect(silent).toEqual([]);
  });
});
