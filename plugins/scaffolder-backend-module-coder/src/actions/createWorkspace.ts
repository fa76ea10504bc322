import { ConflictError, ForwardedError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CoderClient, CoderWorkspace } from '@formulary/plugin-coder-node';
import { createOnce } from '@formulary/plugin-provisioning-node';
import { CoderActionOptions, requireActiveUser, requireOwner } from '../access';
import { TemplateVisibility } from '../FormulaTemplates';
import { nameProblem } from '../names';
import { rollbackOf } from '../rollback';
import { ensureRunning, isBusy, nameOf } from '../runBuild';
import { checkExisting, planWorkspace } from '../workspacePlan';
import { examples } from './createWorkspace.examples';
import {
  createWorkspaceInput,
  createWorkspaceOutput,
} from './createWorkspace.schema';

/**
 * `coder:create-workspace`: a running workspace of a template for a user.
 *
 * A workspace of that owner and name that is there already is kept, and started
 * when it does not run.
 *
 * @public
 */
export function createCreateWorkspaceAction(
  options: CoderActionOptions & { templates: TemplateVisibility },
) {
  const { client, templates } = options;
  return createTemplateAction({
    id: 'coder:create-workspace',
    description: 'Creates a workspace in Coder and waits until it is ready',
    examples,
    supportsDryRun: true,
    schema: { input: createWorkspaceInput, output: createWorkspaceOutput },
    async handler(ctx) {
      const { logger, signal, input } = ctx;
      const { owner, name } = input;
      const credentials = await ctx.getInitiatorCredentials();
      await requireOwner(options, credentials, owner);
      const problem = nameProblem(name);
      if (problem) {
        throw new InputError(
          `Coder takes no workspace called "${name}": ${problem}. Choose another name`,
        );
      }
      await requireActiveUser(client, owner, { signal });
      const plan = await planWorkspace(client, input, {
        signal,
        hidden: names => templates.hiddenFrom(credentials, names),
      });
      for (const overruled of plan.overruled) logger.warn(overruled);
      if (ctx.isDryRun) {
        const existing = await client.workspaces.find(owner, name, { signal });
        if (existing) await checkExisting(client, existing, plan, { signal });
        logger.info(
          existing
            ? `Dry run: the workspace ${nameOf(existing)} is there already`
            : `Dry run: would create the workspace ${owner}/${name} from the template ${plan.template.name}`,
        );
        ctx.output('workspaceId', existing?.id ?? 'dry-run');
        ctx.output(
          'workspaceUrl',
          client.workspaceUrl({ owner_name: owner, name }),
        );
        ctx.output('appUrls', {});
        ctx.output('buildId', existing?.latest_build.id ?? 'dry-run');
        ctx.output('status', existing?.latest_build.status ?? 'pending');
        ctx.output('created', false);
        ctx.output('rollback', []);
        return;
      }

      let isNew = false;
      const { value, created } = await createOnce({
        checkpoint: ctx.checkpoint,
        key: `coder.create-workspace.${owner}.${name}`,
        find: async () => {
          const workspace = await findLiving(client, owner, name, signal);
          if (!workspace) return undefined;
          await checkExisting(client, workspace, plan, { signal });
          return { id: workspace.id };
        },
        create: async () => {
          signal?.throwIfAborted();
          // Not cut off by a cancelled task, so that it is known what was made.
          const { id } = await client.workspaces.create({
            owner,
            name,
            templateId: plan.template.id,
            parameters: plan.values,
            presetId: plan.presetId,
            ttlMs: input.ttlMs,
            autostartSchedule: input.autostartSchedule,
            automaticUpdates: input.automaticUpdates,
          });
          isNew = true;
          return { id };
        },
      });
      let workspace = await findLiving(client, owner, name, signal);
      if (workspace?.id !== value.id) {
        throw new ConflictError(
          `Coder had the workspace ${owner}/${name} in an earlier attempt of this task, and it was deleted since. Start a new run`,
        );
      }
      try {
        logger.info(
          created
            ? `Created the workspace ${nameOf(workspace)}`
            : `The workspace ${nameOf(
                workspace,
              )} was there already and was left as it is`,
        );
        ctx.output('workspaceId', workspace.id);
        ctx.output('workspaceUrl', client.workspaceUrl(workspace));
        ctx.output('buildId', workspace.latest_build.id);
        ctx.output('status', workspace.latest_build.status);
        ctx.output('created', created);
        ctx.output(
          'rollback',
          created ? [rollbackOf('delete', workspace)] : [],
        );
        if (input.wait ?? true) {
          const running = await ensureRunning(
            { client, logger, signal },
            workspace,
            isNew,
          );
          workspace = running.workspace;
          logger.info(`${nameOf(workspace)} is ready`);
        }
        ctx.output('buildId', workspace.latest_build.id);
        ctx.output('status', workspace.latest_build.status);
        ctx.output('appUrls', await client.appUrls(workspace, { signal }));
      } catch (error) {
        // A cancelled task has said already what is left.
        if (!created || signal?.aborted) throw error;
        const left = `The workspace ${owner}/${name} was created in Coder and stays there, but is not ready. Run the task again to go on with it, or remove it with coder:delete-workspace`;
        logger.warn(left);
        throw new ForwardedError(left, error);
      }
    },
  });
}

/** A workspace that is there to stay: one that is being deleted is waited for. */
async function findLiving(
  client: CoderClient,
  owner: string,
  name: string,
  signal?: AbortSignal,
): Promise<CoderWorkspace | undefined> {
  const workspace = await client.workspaces.find(owner, name, { signal });
  if (!workspace) return undefined;
  const isGoing =
    workspace.latest_build.transition === 'delete' && isBusy(workspace);
  if (!isGoing) return workspace;
  await client.workspaces.waitForBuild(workspace.latest_build.id, { signal });
  return client.workspaces.find(owner, name, { signal });
}
