import { LoggerService } from '@backstage/backend-plugin-api';
import { CoderClient, CoderWorkspace } from '@formulary/plugin-coder-node';
import { ServiceError } from '@formulary/service-client-node';
import { cancelled } from './cancelled';

/** The longest that a step waits for a workspace. */
const WAIT_LIMIT_MINUTES = 20;

/** What following a build needs. */
export interface BuildContext {
  client: CoderClient;
  logger: LoggerService;
  signal?: AbortSignal;
}

/**
 * Follows the build of a workspace that is under way, or was last, into the task's log.
 *
 * @returns the workspace after it
 * @throws ServiceError when the build fails, Error that says what is left when the task is cancelled
 */
export async function followLatestBuild(
  context: BuildContext,
  workspace: CoderWorkspace,
): Promise<CoderWorkspace> {
  try {
    return await follow(context, workspace);
  } catch (error) {
    if (!context.signal?.aborted) throw error;
    throw cancelled(context, workspace, error);
  }
}

async function follow(
  { client, logger, signal }: BuildContext,
  workspace: CoderWorkspace,
): Promise<CoderWorkspace> {
  const { id, transition } = workspace.latest_build;
  for await (const line of client.workspaces.followBuild(id, { signal })) {
    const text = line.output.trim() || `${line.stage} …`;
    if (line.log_level === 'error') logger.error(text);
    else if (line.log_level === 'warn') logger.warn(text);
    else logger.info(text);
  }
  const build = await client.workspaces.getBuild(id, { signal });
  if (build.job.status !== 'succeeded') {
    throw new ServiceError(
      `Coder could not ${transition} the workspace ${nameOf(workspace)}: ${
        build.job.error ?? `its build was ${build.job.status}`
      }. The whole log is at ${client.workspaceUrl(workspace)}`,
      { kind: 'unexpected-response', service: 'Coder' },
    );
  }
  return { ...workspace, latest_build: build };
}

/**
 * Brings a workspace to a running state from whatever state it is in, and waits
 * until its agent is ready.
 *
 * @param justBuilt - whether its latest build was asked for by this run, which then fails with it
 * @returns the workspace and whether it had to be started
 */
export async function ensureRunning(
  context: BuildContext,
  initial: CoderWorkspace,
  justBuilt = false,
): Promise<{ workspace: CoderWorkspace; started: boolean }> {
  const { client, logger } = context;
  const limit = AbortSignal.timeout(WAIT_LIMIT_MINUTES * 60_000);
  const signal = context.signal
    ? AbortSignal.any([context.signal, limit])
    : limit;
  let workspace = initial;
  let started = false;
  try {
    if (justBuilt || isBusy(workspace)) {
      workspace = await follow({ ...context, signal }, workspace);
    }
    if (workspace.latest_build.status !== 'running') {
      logger.info(`Starting the workspace ${nameOf(workspace)}`);
      signal.throwIfAborted();
      // Not cut off by a cancelled task, so that it is known what was done.
      const build = await client.workspaces.build(workspace.id, 'start');
      started = true;
      workspace = { ...workspace, latest_build: build };
      workspace = await follow({ ...context, signal }, workspace);
    }
    return {
      workspace: await client.workspaces.waitUntilReady(workspace.id, {
        signal,
      }),
      started,
    };
  } catch (error) {
    if (context.signal?.aborted) throw cancelled(context, workspace, error);
    if (!limit.aborted) throw error;
    throw new ServiceError(
      `The Coder workspace ${nameOf(
        workspace,
      )} was not ready after ${WAIT_LIMIT_MINUTES} minutes. Look at ${client.workspaceUrl(
        workspace,
      )} and run the step again: it goes on with the same workspace`,
      { kind: 'unavailable', service: 'Coder', cause: error },
    );
  }
}

/** Whether a build is under way. */
export function isBusy({ latest_build: build }: CoderWorkspace): boolean {
  return ['pending', 'running', 'canceling'].includes(build.job.status);
}

/** A workspace as people call it. */
export function nameOf(
  workspace: Pick<CoderWorkspace, 'owner_name' | 'name'>,
): string {
  return `${workspace.owner_name}/${workspace.name}`;
}
