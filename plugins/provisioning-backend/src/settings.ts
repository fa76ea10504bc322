import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { ServiceId } from '@formulary/plugin-provisioning-common';
import { RetryLimits } from './engine/RetryPolicy';

const DEFAULT_CONCURRENCY = 5;

/** Limits of retries, from `provisioning.retry`. */
export function readRetryLimits(config: Config): RetryLimits {
  const retry = config.getOptionalConfig('provisioning.retry');
  const ms = (key: string, fallback: HumanDuration) =>
    durationToMilliseconds(
      retry?.has(key) ? readDurationFromConfig(retry, { key }) : fallback,
    );
  return {
    attempts: positive(
      retry?.getOptionalNumber('attempts') ?? 8,
      'provisioning.retry.attempts',
    ),
    minDelayMs: ms('minDelay', { seconds: 1 }),
    maxDelayMs: ms('maxDelay', { minutes: 1 }),
    deadlineMs: ms('deadline', { minutes: 10 }),
    attemptTimeoutMs: ms('attemptTimeout', { minutes: 1 }),
  };
}

/** Milliseconds after which the accounts of somebody who left are removed, from `provisioning.offboarding.removeAfter`; undefined when they stay. */
export function readRemoveAfterMs(config: Config): number | undefined {
  const key = 'provisioning.offboarding.removeAfter';
  if (config.getOptional(key) === false) return undefined;
  return durationToMilliseconds(
    config.has(key) ? readDurationFromConfig(config, { key }) : { days: 30 },
  );
}

/** When the services are compared with what should be, from `provisioning.reconcile.schedule`; undefined: only by hand. */
export function readReconcileSchedule(
  config: Config,
): SchedulerServiceTaskScheduleDefinition | undefined {
  const schedule = config.getOptionalConfig('provisioning.reconcile.schedule');
  return (
    schedule && readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
  );
}

/** Steps of a service that this process works on at once, from `provisioning.concurrency`. */
export function readConcurrency(config: Config, service: ServiceId): number {
  const key = `provisioning.concurrency`;
  const limits = config.getOptionalConfig(key);
  return positive(
    limits?.getOptionalNumber(service) ??
      limits?.getOptionalNumber('default') ??
      DEFAULT_CONCURRENCY,
    `${key}.${service}`,
  );
}

function positive(value: number, key: string): number {
  if (!Number.isInteger(value) || value < 1 || value > 1000) {
    throw new InputError(`${key} wants a whole number from 1 to 1000`);
  }
  return value;
}
