import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { rollbackOutput } from '@formulary/plugin-provisioning-node';
import { CoderActionOptions, requireOwner } from '../access';
import { requireWorkspace } from '../requireWorkspace';
import { rollbackOf } from '../rollback';
import { followLatestBuild, isBusy, nameOf } from '../runBuild';
import { stopWorkspaceExamples } from './lifecycle.examples';

/**
 * `coder:stop-workspace`: stops a workspace; its home stays.
 *
 * @public
 */
export function createStopWorkspaceAction(options: CoderActionOptions) {
  const { client } = options;
  return createTemplateAction({
    id: 'coder:stop-workspace',
    description: 'Stops a workspace in Coder, which keeps its home',
    examples: stopWorkspaceExamples,
    supportsDryRun: true,
    schema: {
      input: {
        owner: z =>
          z.string().min(1).describe('Username in Coder of the owner'),
        name: z => z.string().min(1).describe('Name of the workspace'),
      },
      output: {
        workspaceId: z => z.string().describe('Id of the workspace'),
        buildId: z => z.string().describe('Id of its latest build'),
        status: z => z.string().describe("Coder's state of the workspace"),
        changed: z => z.boolean().describe('false when it was stopped already'),
        rollback: rollbackOutput,
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const { owner, name } = input;
      await requireOwner(options, await ctx.getInitiatorCredentials(), owner);
      const context = { client, logger, signal };
      let workspace = await requireWorkspace(client, input, { signal });
      let changed = false;
      if (ctx.isDryRun) {
        logger.info(`Dry run: would stop ${nameOf(workspace)}`);
      } else {
        // Stored before anything is done: a restarted task knows that it was this one that stopped it.
        const { stopped } = await ctx.checkpoint({
          key: `coder.stop-workspace.${owner}.${name}.before`,
          fn: () => {
            const { status, transition } = workspace.latest_build;
            return {
              stopped:
                status === 'stopped' ||
                (isBusy(workspace) && transition === 'stop'),
            };
          },
        });
        if (isBusy(workspace)) {
          workspace = await followLatestBuild(context, workspace);
        }
        if (workspace.latest_build.status !== 'stopped') {
          signal?.throwIfAborted();
          // Not cut off by a cancelled task, so that it is known what was done.
          const build = await client.workspaces.build(workspace.id, 'stop');
          workspace = await followLatestBuild(context, {
            ...workspace,
            latest_build: build,
          });
          changed = true;
        }
        changed ||= !stopped;
        logger.info(
          changed
            ? `${nameOf(workspace)} was stopped`
            : `${nameOf(workspace)} was stopped already and was left as it is`,
        );
      }
      ctx.output('workspaceId', workspace.id);
      ctx.output('buildId', workspace.latest_build.id);
      ctx.output('status', workspace.latest_build.status);
      ctx.output('changed', changed);
      ctx.output('rollback', changed ? [rollbackOf('start', workspace)] : []);
    },
  });
}
