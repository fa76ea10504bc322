import { LoggerService } from '@backstage/backend-plugin-api';
import { CoderWorkspace } from '@formulary/plugin-coder-node';
import { BuildContext, nameOf } from './runBuild';

const doing = { start: 'starting', stop: 'stopping', delete: 'deleting' };

/**
 * What a cancelled task says of a build that goes on in Coder: to the log, which
 * is all that people see of a cancelled step, and as the error.
 */
export function cancelled(
  { client, logger }: Pick<BuildContext, 'client'> & { logger: LoggerService },
  workspace: CoderWorkspace,
  cause: unknown,
): Error {
  const { transition } = workspace.latest_build;
  const next =
    transition === 'delete'
      ? 'It will be gone when that is done'
      : 'Run the step again to go on with it, or remove it with coder:delete-workspace';
  const message = `The task was cancelled, while Coder goes on ${
    doing[transition]
  } the workspace ${nameOf(workspace)}: ${client.workspaceUrl(
    workspace,
  )}. ${next}`;
  logger.warn(message);
  return new Error(message, { cause });
}
