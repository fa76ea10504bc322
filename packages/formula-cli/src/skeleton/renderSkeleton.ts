import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthService, UrlReaderService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import { Bundle } from '../bundle/Bundle';
import { silentLogger } from './silentLogger';
import { skeletonSteps } from './skeletonSteps';

const localOnly = async () => {
  throw new InputError('A skeleton is read from its own bundle only');
};
const reader: UrlReaderService = {
  readUrl: localOnly,
  readTree: localOnly,
  search: localOnly,
};
const getInitiatorCredentials: () => ReturnType<
  AuthService['getOwnServiceCredentials']
> = async () => {
  throw new InputError('Nobody is signed in while a skeleton is filled in');
};

/**
 * Fills in a bundle's skeleton as a run would, with the scaffolder's own
 * `fetch:template`.
 *
 * @param values - what the template's step would give
 * @param outputDirectory - where the files are written
 */
export async function renderSkeleton(
  bundle: Bundle,
  values: JsonObject,
  outputDirectory: string,
): Promise<void> {
  const action = createFetchTemplateAction({
    reader,
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  });
  const temporary: string[] = [];
  try {
    for (const { step, folder } of skeletonSteps(bundle)) {
      await action.handler({
        input: { ...step.input, url: `./${folder}`, values },
        workspacePath: outputDirectory,
        // Not a proper file URL on purpose: the scaffolder takes what stands after "file://" for a path.
        templateInfo: {
          entityRef: `template:default/${bundle.name}`,
          baseUrl: `file://${join(bundle.directory, bundle.templateFile)}`,
        },
        logger: silentLogger,
        task: { id: 'formula' },
        checkpoint: async ({ fn }) => fn(),
        output() {},
        getInitiatorCredentials,
        async createTemporaryDirectory() {
          const directory = await mkdtemp(join(tmpdir(), 'formula-fetch-'));
          temporary.push(directory);
          return directory;
        },
      });
    }
  } finally {
    await Promise.all(
      temporary.map(directory => rm(directory, { recursive: true })),
    );
  }
}
