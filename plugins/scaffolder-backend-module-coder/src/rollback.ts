import { RollbackStep } from '@formulary/plugin-provisioning-common';
import { CoderWorkspace } from '@formulary/plugin-coder-node';
import { nameOf } from './runBuild';

/** How what was done to a workspace is undone. */
export function rollbackOf(
  verb: 'delete' | 'start' | 'stop',
  workspace: CoderWorkspace,
): RollbackStep {
  const { owner_name: owner, name, id } = workspace;
  return {
    service: 'coder',
    description: `${verb[0].toUpperCase()}${verb.slice(
      1,
    )} the workspace ${nameOf(workspace)}`,
    action: `coder:${verb}-workspace`,
    input:
      verb === 'delete' ? { owner, name, workspaceId: id } : { owner, name },
  };
}
