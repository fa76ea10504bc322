import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CoderClient } from '@formulary/plugin-coder-node';
import { requireWorkspace } from '../requireWorkspace';
import { followLatestBuild, isBusy, nameOf } from '../runBuild';

/**
 * `coder:stop-workspace`: stops a workspace; its home stays.
 *
 * @public
 */
export function stopWorkspaceAction(client: CoderClient) {
  return createTemplateAction({
    id: 'coder:stop-workspace',
    description: 'Stops a workspace in Coder, which keeps its home',
    examples: [
      {
        description: 'Stop a workspace',
        example: `steps:
  - id: stop
    name: Stop the workspace
    action: coder:stop-workspace
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
        status: z => z.string(),
        changed: z => z.boolean().describe('false when it was stopped already'),
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const context = { client, logger, signal };
      let workspace = await requireWorkspace(client, input, { signal });
      let changed = false;
      if (ctx.isDryRun) {
        logger.info(`Dry run: would stop ${nameOf(workspace)}`);
      } else {
        if (isBusy(workspace)) {
          workspace = await followLatestBuild(context, workspace);
        }
        if (workspace.latest_build.status === 'stopped') {
          logger.info(
            `${nameOf(workspace)} was stopped already and was left as it is`,
          );
        } else {
          const build = await client.workspaces.build(workspace.id, 'stop', {
            signal,
          });
          workspace = await followLatestBuild(context, {
            ...workspace,
            latest_build: build,
          });
          changed = true;
        }
      }
      ctx.output('workspaceId', workspace.id);
      ctx.output('status', workspace.latest_build.status);
      ctx.output('changed', changed);
    },
  });
}
