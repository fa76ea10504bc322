import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { ServiceId } from '@formulary/plugin-provisioning-common';
import { RetryLimits } from './engine/RetryPolicy';
import { CircuitLimits } from './engine/ServiceCircuit';

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

/** When a service counts as away, from `provisioning.retry.circuit`. */
export function readCircuitLimits(config: Config): CircuitLimits {
  const key = 'provisioning.retry.circuit';
  return {
    failures: positive(
      config.getOptionalNumber(`${key}.failures`) ?? 10,
      `${key}.failures`,
    ),
    coolDownMs: durationToMilliseconds(
      config.has(`${key}.coolDown`)
        ? readDurationFromConfig(config, { key: `${key}.coolDown` })
        : { seconds: 30 },
    ),
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

/** Milliseconds for which events are kept, from `provisioning.events.retention`; undefined when they stay. */
export function readEventRetentionMs(config: Config): number | undefined {
  const key = 'provisioning.events.retention';
  if (config.getOptional(key) === false) return undefined;
  return durationToMilliseconds(
    config.has(key) ? readDurationFromConfig(config, { key }) : { years: 2 },
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

/** Refs of the users and groups who hear of everybody's runs, from `provisioning.notifications.admins`. */
export function readAdmins(config: Config): string[] {
  const key = 'provisioning.notifications.admins';
  return (config.getOptionalStringArray(key) ?? []).map(ref => {
    try {
      return stringifyEntityRef(parseEntityRef(ref));
    } catch (error) {
      throw new InputError(
        `${key} wants refs of users and groups such as group:default/platform-admins, not "${ref}"`,
        error,
      );
    }
  });
}

/** Milliseconds after which an event of a webhook is refused, from `provisioning.webhooks.<source>.maxAge`. */
export function readWebhookMaxAgeMs(config: Config, source: string): number {
  const key = `provisioning.webhooks.${source}.maxAge`;
  return durationToMilliseconds(
    config.has(key) ? readDurationFromConfig(config, { key }) : { days: 1 },
  );
}

/** Requests to the webhooks that an address may make in vain, from `provisioning.webhooks.refusedPerMinute`. */
export function readRefusedPerMinute(config: Config): number {
  const key = 'provisioning.webhooks.refusedPerMinute';
  return positive(config.getOptionalNumber(key) ?? 600, key, 100_000);
}

function positive(value: number, key: string, max = 1000): number {
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new InputError(`${key} wants a whole number from 1 to ${max}`);
  }
  return value;
}
