import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { rollbackOutput } from '@formulary/plugin-provisioning-node';
import { CoderActionOptions, requireActiveUser, requireOwner } from '../access';
import { requireWorkspace } from '../requireWorkspace';
import { rollbackOf } from '../rollback';
import { ensureRunning, isBusy, nameOf } from '../runBuild';
import { startWorkspaceExamples } from './lifecycle.examples';

/**
 * `coder:start-workspace`: starts a workspace and waits until it is ready.
 *
 * @public
 */
export function createStartWorkspaceAction(options: CoderActionOptions) {
  const { client } = options;
  return createTemplateAction({
    id: 'coder:start-workspace',
    description: 'Starts a workspace in Coder and waits until it is ready',
    examples: startWorkspaceExamples,
    supportsDryRun: true,
    schema: {
      input: {
        owner: z =>
          z.string().min(1).describe('Username in Coder of the owner'),
        name: z => z.string().min(1).describe('Name of the workspace'),
      },
      output: {
        workspaceId: z => z.string().describe('Id of the workspace'),
        workspaceUrl: z => z.string().describe('Page of the workspace'),
        appUrls: z =>
          z.record(z.string()).describe('Addresses of its apps, by their slug'),
        buildId: z => z.string().describe('Id of its latest build'),
        status: z => z.string().describe("Coder's state of the workspace"),
        changed: z => z.boolean().describe('false when it ran already'),
        rollback: rollbackOutput,
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const { owner, name } = input;
      await requireOwner(options, await ctx.getInitiatorCredentials(), owner);
      await requireActiveUser(client, owner, { signal });
      let workspace = await requireWorkspace(client, input, { signal });
      let changed = false;
      if (ctx.isDryRun) {
        logger.info(`Dry run: would start ${nameOf(workspace)}`);
      } else {
        // Stored before anything is done: a restarted task knows that it was this one that started it.
        const { ran } = await ctx.checkpoint({
          key: `coder.start-workspace.${owner}.${name}.before`,
          fn: () => {
            const { status, transition } = workspace.latest_build;
            return {
              ran:
                status === 'running' ||
                (isBusy(workspace) && transition === 'start'),
            };
          },
        });
        ctx.output('rollback', ran ? [] : [rollbackOf('stop', workspace)]);
        const running = await ensureRunning(
          { client, logger, signal },
          workspace,
        );
        workspace = running.workspace;
        changed = running.started || !ran;
        logger.info(
          changed
            ? `${nameOf(workspace)} was started`
            : `${nameOf(workspace)} ran already and was left as it is`,
        );
      }
      ctx.output('workspaceId', workspace.id);
      ctx.output('workspaceUrl', client.workspaceUrl(workspace));
      ctx.output('appUrls', await client.appUrls(workspace, { signal }));
      ctx.output('buildId', workspace.latest_build.id);
      ctx.output('status', workspace.latest_build.status);
      ctx.output('changed', changed);
      ctx.output('rollback', changed ? [rollbackOf('stop', workspace)] : []);
    },
  });
}
