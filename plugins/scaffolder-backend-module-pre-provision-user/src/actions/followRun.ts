import { setTimeout as delay } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Run,
  ServiceInfo,
  Step,
  StepOutcome,
} from '@formulary/plugin-provisioning-common';

/** Accounts that are there already take a moment only: the first looks are close together. */
const FIRST_INTERVAL_MS = 50;
const LAST_INTERVAL_MS = 500;

/**
 * Watches a run until it is done, and logs each change of its steps in words.
 *
 * @param read - reads the run as it is now
 */
export async function followRun(
  first: Run,
  read: () => Promise<Run>,
  options: {
    services: ServiceInfo[];
    logger: LoggerService;
    signal?: AbortSignal;
  },
): Promise<Run> {
  const told = new Map<string, string>();
  let intervalMs = FIRST_INTERVAL_MS;
  for (let run = first; ; run = await read()) {
    for (const step of run.steps) {
      const line = describe(step, titleOf(step, options.services));
      if (line && told.get(step.service) !== line) {
        told.set(step.service, line);
        if (step.state === 'failed') options.logger.error(line);
        else options.logger.info(line);
      }
    }
    if (run.state !== 'running') return run;
    await delay(intervalMs, undefined, { signal: options.signal });
    intervalMs = Math.min(intervalMs * 2, LAST_INTERVAL_MS);
  }
}

/** Name of a step's service as people know it. */
export function titleOf(step: Step, services: ServiceInfo[]): string {
  return (
    services.find(({ service }) => service === step.service)?.title ??
    step.service
  );
}

const OUTCOMES: Record<StepOutcome, string> = {
  created: 'account created',
  adopted: 'the account that was there already is used',
  updated: 'account brought up to date',
  unchanged: 'the account was there already and was left as it is',
  suspended: 'account suspended',
  restored: 'account restored',
  removed: 'account removed',
};

function describe(step: Step, title: string): string | undefined {
  switch (step.state) {
    case 'running':
      return `${title}: preparing the account`;
    case 'waiting':
      return `${title}: ${step.message}. It is tried again by itself`;
    case 'succeeded':
      return `${title}: ${OUTCOMES[step.outcome ?? 'unchanged']}`;
    case 'failed':
      return `${title}: ${step.message}`;
    default:
      return undefined;
  }
}
