import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CoderActionOptions, requireOwner } from '../access';
import { followLatestBuild, isBusy, nameOf } from '../runBuild';
import { deleteWorkspaceExamples } from './lifecycle.examples';

/**
 * `coder:delete-workspace`: deletes a workspace with its home.
 *
 * @public
 */
export function createDeleteWorkspaceAction(options: CoderActionOptions) {
  const { client } = options;
  return createTemplateAction({
    id: 'coder:delete-workspace',
    description: 'Deletes a workspace in Coder, with everything in it',
    examples: deleteWorkspaceExamples,
    supportsDryRun: true,
    schema: {
      input: {
        owner: z =>
          z.string().min(1).describe('Username in Coder of the owner'),
        name: z => z.string().min(1).describe('Name of the workspace'),
        workspaceId: z =>
          z
            .string()
            .optional()
            .describe(
              'Id that the workspace must have: another one of the same name is left as it is',
            ),
      },
      output: {
        deleted: z => z.boolean().describe('false when there was none'),
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const { owner, name, workspaceId } = input;
      await requireOwner(options, await ctx.getInitiatorCredentials(), owner);
      const context = { client, logger, signal };
      const found = await client.workspaces.find(owner, name, { signal });
      if (found && workspaceId && found.id !== workspaceId) {
        throw new ConflictError(
          `The Coder workspace ${nameOf(
            found,
          )} was left as it is: it is another one than ${workspaceId}, which is gone. Delete it at ${client.workspaceUrl(
            found,
          )}, or leave out the workspaceId`,
        );
      }
      if (ctx.isDryRun) {
        logger.info(
          found
            ? `Dry run: would delete ${nameOf(found)}`
            : `Dry run: there is no workspace ${owner}/${name}`,
        );
        ctx.output('deleted', false);
        return;
      }
      // Stored before anything is done: a restarted task knows that it was this one that deleted it.
      const { id } = await ctx.checkpoint({
        key: `coder.delete-workspace.${owner}.${name}.before`,
        fn: () => ({ id: found?.id ?? null }),
      });
      if (!id) {
        logger.info(
          `There is no workspace ${owner}/${name}, so nothing was done`,
        );
        ctx.output('deleted', false);
        return;
      }
      let workspace = found;
      if (workspace?.id === id) {
        if (
          isBusy(workspace) &&
          workspace.latest_build.transition !== 'delete'
        ) {
          // What comes of that build does not matter: it is deleted anyway.
          await client.workspaces.waitForBuild(workspace.latest_build.id, {
            signal,
          });
          workspace = await client.workspaces.get(id, { signal });
        }
        if (!isBusy(workspace)) {
          signal?.throwIfAborted();
          // Not cut off by a cancelled task, so that it is known what was done.
          const build = await client.workspaces.build(id, 'delete');
          workspace = { ...workspace, latest_build: build };
        }
        await followLatestBuild(context, workspace);
      }
      logger.info(`${owner}/${name} was deleted`);
      ctx.output('deleted', true);
    },
  });
}
