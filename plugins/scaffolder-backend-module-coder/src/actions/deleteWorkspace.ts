import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CoderClient } from '@formulary/plugin-coder-node';
import { followLatestBuild, isBusy, nameOf } from '../runBuild';

/**
 * `coder:delete-workspace`: deletes a workspace with its home.
 *
 * @public
 */
export function deleteWorkspaceAction(client: CoderClient) {
  return createTemplateAction({
    id: 'coder:delete-workspace',
    description: 'Deletes a workspace in Coder, with everything in it',
    examples: [
      {
        description: 'Delete a workspace',
        example: `steps:
  - id: delete
    name: Delete the workspace
    action: coder:delete-workspace
    input:
      owner: alice
      name: web-shop
`,
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        owner: z => z.string().describe('Username in Coder of the owner'),
        name: z => z.string().describe('Name of the workspace'),
      },
      output: {
        deleted: z => z.boolean().describe('false when there was none'),
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const context = { client, logger, signal };
      let workspace = await client.workspaces.find(input.owner, input.name, {
        signal,
      });
      if (!workspace) {
        logger.info(
          `There is no workspace ${input.owner}/${input.name}, so nothing was done`,
        );
        ctx.output('deleted', false);
        return;
      }
      if (ctx.isDryRun) {
        logger.info(`Dry run: would delete ${nameOf(workspace)}`);
        ctx.output('deleted', false);
        return;
      }
      if (isBusy(workspace) && workspace.latest_build.transition !== 'delete') {
        workspace = await followLatestBuild(context, workspace);
      }
      if (!isBusy(workspace)) {
        const build = await client.workspaces.build(workspace.id, 'delete', {
          signal,
        });
        workspace = { ...workspace, latest_build: build };
      }
      await followLatestBuild(context, workspace);
      logger.info(`${nameOf(workspace)} was deleted`);
      ctx.output('deleted', true);
    },
  });
}
