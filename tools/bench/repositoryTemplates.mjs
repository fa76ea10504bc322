import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launch/paths.mjs';

/** The actions that are compared, by the name of the template that has it as a step. */
const STEPS = {
  'bench-create-repository': {
    action: 'gitea:create-repository',
    input: {
      owner: '${{ parameters.owner }}',
      name: '${{ parameters.name }}',
      description: 'For a benchmark',
      visibility: 'private',
    },
  },
  'bench-publish-gitea': {
    action: 'publish:gitea',
    input: {
      repoUrl:
        '${{ parameters.host }}?owner=${{ parameters.owner }}&repo=${{ parameters.name }}',
      description: 'For a benchmark',
      repoVisibility: 'private',
    },
  },
};

/**
 * Writes templates that differ in one step: the action that makes a private
 * repository of the task's files, which are those of the formula `fullstack-dev`.
 *
 * @returns paths of the template files
 */
export function writeRepositoryTemplates(directory) {
  mkdirSync(directory, { recursive: true });
  cpSync(
    join(root, 'formulas/fullstack-dev/skeleton'),
    join(directory, 'files'),
    { recursive: true },
  );
  return Object.entries(STEPS).map(([name, step]) => {
    const file = join(directory, `${name}.yaml`);
    // YAML contains JSON.
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name },
        spec: {
          type: 'benchmark',
          parameters: {
            required: ['host', 'owner', 'name'],
            properties: {
              host: { type: 'string' },
              owner: { type: 'string' },
              name: { type: 'string' },
            },
          },
          steps: [
            {
              id: 'files',
              action: 'fetch:plain',
              input: { url: './files' },
            },
            { id: 'repository', ...step },
          ],
        },
      }),
    );
    return file;
  });
}
