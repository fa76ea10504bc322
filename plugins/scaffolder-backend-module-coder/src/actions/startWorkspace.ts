import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CoderClient } from '@formulary/plugin-coder-node';
import { requireWorkspace } from '../requireWorkspace';
import { ensureRunning, nameOf } from '../runBuild';

/**
 * `coder:start-workspace`: starts a workspace and waits until it is ready.
 *
 * @public
 */
export function startWorkspaceAction(client: CoderClient) {
  return createTemplateAction({
    id: 'coder:start-workspace',
    description: 'Starts a workspace in Coder and waits until it is ready',
    examples: [
      {
        description: 'Start a workspace',
        example: `steps:
  - id: start
    name: Start the workspace
    action: coder:start-workspace
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
        workspaceId: z => z.string(),
        workspaceUrl: z => z.string(),
        appUrls: z => z.record(z.string()),
        status: z => z.string(),
        changed: z => z.boolean().describe('false when it ran already'),
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      let workspace = await requireWorkspace(client, input, { signal });
      let changed = false;
      if (ctx.isDryRun) {
        logger.info(`Dry run: would start ${nameOf(workspace)}`);
      } else {
        const running = await ensureRunning(
          { client, logger, signal },
          workspace,
        );
        workspace = running.workspace;
        changed = running.started;
        logger.info(
          changed
            ? `${nameOf(workspace)} was started`
            : `${nameOf(workspace)} ran already and was left as it is`,
        );
      }
      ctx.output('workspaceId', workspace.id);
      ctx.output('workspaceUrl', client.workspaceUrl(workspace));
      ctx.output('appUrls', await client.appUrls(workspace, { signal }));
      ctx.output('status', workspace.latest_build.status);
      ctx.output('changed', changed);
    },
  });
}
