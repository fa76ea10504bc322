import { InputError } from '@backstage/errors';
import {
  ActionContext,
  createTemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { CoderClient, CoderWorkspace } from '@formulary/plugin-coder-node';
import { isServiceError } from '@formulary/service-client-node';
import { ensureRunning, isBusy, nameOf } from '../runBuild';
import { checkExisting, planWorkspace, WorkspacePlan } from '../workspacePlan';
import { examples } from './createWorkspace.examples';

interface Wanted {
  owner: string;
  name: string;
  ttlMs?: number;
  autostartSchedule?: string;
  automaticUpdates?: 'always' | 'never';
}

/**
 * `coder:create-workspace`: a running workspace of a template for a user.
 *
 * A workspace of that owner and name that is there already is kept, and started
 * when it does not run.
 *
 * @public
 */
export function createWorkspaceAction(client: CoderClient) {
  return createTemplateAction({
    id: 'coder:create-workspace',
    description: 'Creates a workspace in Coder and waits until it is ready',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        owner: z =>
          z.string().describe('Username in Coder of who gets the workspace'),
        template: z => z.string().describe('Name of the Coder template'),
        name: z =>
          z
            .string()
            .regex(/^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/)
            .max(32)
            .describe(
              'Name of the workspace, unique for its owner: letters, digits and single hyphens, at most 32',
            ),
        parameters: z =>
          z
            .record(z.union([z.string(), z.number(), z.boolean()]))
            .optional()
            .describe("Values of the template's parameters, by name"),
        preset: z =>
          z
            .string()
            .optional()
            .describe('Name of a preset, whose values win over single ones'),
        ttlMs: z =>
          z
            .number()
            .int()
            .min(60_000)
            .optional()
            .describe('Milliseconds after which the workspace stops'),
        autostartSchedule: z =>
          z
            .string()
            .optional()
            .describe(
              'When it starts by itself, such as CRON_TZ=Europe/Berlin 30 8 * * 1-5',
            ),
        automaticUpdates: z =>
          z
            .enum(['always', 'never'])
            .optional()
            .describe(
              'Whether a start moves it to the active version of the template; never by default',
            ),
        wait: z =>
          z
            .boolean()
            .optional()
            .describe('Whether to wait until it is ready; true by default'),
      },
      output: {
        workspaceId: z => z.string(),
        workspaceUrl: z => z.string(),
        appUrls: z =>
          z.record(z.string()).describe('Addresses of its apps, by their slug'),
        buildId: z => z.string(),
        status: z => z.string().describe("Coder's state of the workspace"),
        created: z => z.boolean().describe('false when it was there already'),
      },
    },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const plan = await planWorkspace(client, input, { signal });
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would create the workspace ${input.owner}/${input.name} from the template ${plan.template.name}`,
        );
        const url = client.workspaceUrl({
          owner_name: input.owner,
          name: input.name,
        });
        ctx.output('workspaceId', 'dry-run');
        ctx.output('workspaceUrl', url);
        ctx.output('appUrls', {});
        ctx.output('buildId', 'dry-run');
        ctx.output('status', 'pending');
        ctx.output('created', false);
        return;
      }
      const { workspaceId, created } = await ctx.checkpoint({
        key: `coder.create-workspace.${input.owner}.${input.name}`,
        fn: () => findOrCreate(client, ctx, plan, input),
      });
      let workspace = await client.workspaces.get(workspaceId, { signal });
      if (input.wait ?? true) {
        const running = await ensureRunning(
          { client, logger, signal },
          workspace,
          created,
        );
        workspace = running.workspace;
        logger.info(`${nameOf(workspace)} is ready`);
      }
      ctx.output('workspaceId', workspace.id);
      ctx.output('workspaceUrl', client.workspaceUrl(workspace));
      ctx.output('appUrls', await client.appUrls(workspace, { signal }));
      ctx.output('buildId', workspace.latest_build.id);
      ctx.output('status', workspace.latest_build.status);
      ctx.output('created', created);
    },
  });
}

async function findOrCreate(
  client: CoderClient,
  { logger, signal }: Pick<ActionContext<{}>, 'logger' | 'signal'>,
  plan: WorkspacePlan,
  wanted: Wanted,
): Promise<{ workspaceId: string; created: boolean }> {
  const { owner, name } = wanted;
  const keep = async (workspace: CoderWorkspace) => {
    await checkExisting(client, workspace, plan, { signal });
    logger.info(
      `The workspace ${nameOf(
        workspace,
      )} was there already and was left as it is`,
    );
    return { workspaceId: workspace.id, created: false };
  };
  const existing = await client.workspaces.find(owner, name, { signal });
  if (existing && isBeingDeleted(existing)) {
    logger.info(`Waiting until the former ${nameOf(existing)} is deleted`);
    await client.workspaces.waitForBuild(existing.latest_build.id, { signal });
  } else if (existing) {
    return keep(existing);
  }
  if (!(await client.users.find(owner, { signal }))) {
    throw new InputError(
      `Coder has no user "${owner}". Their account is made by the step platform:pre-provision-user`,
    );
  }
  try {
    const workspace = await client.workspaces.create(
      {
        owner,
        name,
        templateId: plan.template.id,
        parameters: plan.values,
        presetId: plan.presetId,
        ttlMs: wanted.ttlMs,
        autostartSchedule: wanted.autostartSchedule,
        automaticUpdates: wanted.automaticUpdates,
      },
      { signal },
    );
    logger.info(`Created the workspace ${nameOf(workspace)}`);
    return { workspaceId: workspace.id, created: true };
  } catch (error) {
    // Made by somebody else, or by a call of ours whose answer got lost.
    if (!isServiceError(error, 'conflict', 'unavailable')) throw error;
    const workspace = await client.workspaces.find(owner, name, { signal });
    if (!workspace) throw error;
    return keep(workspace);
  }
}

function isBeingDeleted(workspace: CoderWorkspace): boolean {
  return workspace.latest_build.transition === 'delete' && isBusy(workspace);
}
