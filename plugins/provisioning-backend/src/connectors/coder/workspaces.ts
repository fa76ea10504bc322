import { CoderClient, CoderWorkspace } from '@formulary/plugin-coder-node';
import { ConnectorCallOptions } from '@formulary/plugin-provisioning-node';
import { ServiceError } from '@formulary/service-client-node';

/**
 * Stops every workspace of an owner that runs or starts, and waits until they have stopped.
 *
 * @throws ServiceError when one can't be stopped; the others are stopped nevertheless
 */
export async function stopWorkspaces(
  client: CoderClient,
  owner: string,
  options: ConnectorCallOptions,
): Promise<void> {
  await changeAll(client, owner, 'stop', options);
}

/**
 * Deletes every workspace of an owner, and waits until they are gone.
 *
 * @throws ServiceError when one can't be deleted; the others are deleted nevertheless
 */
export async function removeWorkspaces(
  client: CoderClient,
  owner: string,
  options: ConnectorCallOptions,
): Promise<void> {
  await changeAll(client, owner, 'delete', options);
}

async function changeAll(
  client: CoderClient,
  owner: string,
  transition: 'stop' | 'delete',
  options: ConnectorCallOptions,
) {
  const workspaces = await client.workspaces.list({ owner }, options);
  const results = await Promise.allSettled(
    workspaces.map(workspace => change(client, workspace, transition, options)),
  );
  const failed = results.find(result => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function change(
  client: CoderClient,
  workspace: CoderWorkspace,
  transition: 'stop' | 'delete',
  options: ConnectorCallOptions,
) {
  // A second build is refused while one is under way.
  const latest = await client.workspaces.waitForBuild(
    workspace.latest_build.id,
    options,
  );
  const done =
    latest.transition === transition && latest.job.status === 'succeeded';
  if (done) return;
  const build = await client.workspaces.build(
    workspace.id,
    transition,
    options,
  );
  const { job } = await client.workspaces.waitForBuild(build.id, options);
  if (job.status !== 'succeeded') {
    throw new ServiceError(
      `Coder could not ${transition} the workspace ${workspace.owner_name}/${
        workspace.name
      }: ${
        job.error ?? `its build was ${job.status}`
      }. See ${client.workspaceUrl(workspace)}`,
      { kind: 'unavailable', service: 'Coder' },
    );
  }
}
