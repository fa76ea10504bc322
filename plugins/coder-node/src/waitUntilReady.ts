import { setTimeout as delay } from 'node:timers/promises';
import { ServiceError } from '@formulary/service-client-node';
import { isEnded } from './followJob';
import { CoderCallOptions, CoderWorkspace } from './types';

/**
 * How long to wait and how often to look.
 *
 * @public
 */
export interface CoderWaitOptions extends CoderCallOptions {
  /** Milliseconds between two looks. Default 500. */
  intervalMs?: number;
  /** Milliseconds to wait at most. Default ten minutes. */
  timeoutMs?: number;
}

/** Looks at a workspace until every agent of it is ready. */
export async function waitUntilReady(
  look: () => Promise<CoderWorkspace>,
  { signal, intervalMs = 500, timeoutMs = 600_000 }: CoderWaitOptions,
): Promise<CoderWorkspace> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const workspace = await look();
    const agents = workspace.latest_build.resources.flatMap(
      resource => resource.agents,
    );
    const broken = agents.find(({ lifecycle_state: state }) =>
      ['start_error', 'start_timeout', 'off', 'shutdown_error'].includes(state),
    );
    const name = `${workspace.owner_name}/${workspace.name}`;
    const { job, status } = workspace.latest_build;
    if (isEnded(job) && status !== 'running') {
      throw unavailable(`The Coder workspace ${name} does not run: ${status}`);
    }
    if (broken) {
      throw unavailable(
        `The agent ${broken.name} of the Coder workspace ${name} did not start (${broken.lifecycle_state}). Its log on the workspace's page says why`,
      );
    }
    const ready = agents.every(agent => agent.lifecycle_state === 'ready');
    if (isEnded(job) && ready) {
      return workspace;
    }
    if (Date.now() >= deadline) {
      throw unavailable(
        `The Coder workspace ${name} was built, but its agent was not ready after ${Math.round(
          timeoutMs / 1000,
        )} s. Look at its log on the workspace's page`,
      );
    }
    await delay(intervalMs, undefined, { signal });
  }
}

function unavailable(message: string) {
  return new ServiceError(message, { kind: 'unavailable', service: 'Coder' });
}
