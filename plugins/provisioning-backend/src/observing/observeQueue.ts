import { LoggerService } from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Knex } from 'knex';
import { WORKER_SCHEMA } from '../database/JobStore';

/** Jobs looked at in one reading: a longer queue is reported as this long. */
const MAX_JOBS = 100_000;
const TIMEOUT_MS = 5_000;

interface TaskBacklog {
  task: string;
  ready: string;
  later: string;
  oldest: string | null;
}

/**
 * Gauges of the queue, read from graphile-worker's view of its jobs
 * (graphile-worker, sql/000017.sql) when somebody collects metrics and never
 * otherwise.
 *
 * @param tasks - kinds of job that are told even when none of them waits
 */
export function observeQueue(options: {
  metrics: MetricsService;
  knex: Knex;
  logger: LoggerService;
  tasks: string[];
}): void {
  const { metrics, knex, logger, tasks } = options;
  let reading: Promise<TaskBacklog[]> | undefined;

  // The gauges are collected together: they share one reading.
  const read = () => {
    reading ??= readBacklog(knex, tasks)
      .catch(error => {
        logger.warn(
          'The length of the queue could not be read for metrics',
          error,
        );
        return [];
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  metrics
    .createObservableGauge('provisioning.queue.jobs', {
      description: 'Jobs of the whole portal: ready to be done, or to be later',
    })
    .addCallback(async result => {
      for (const { task, ready, later } of await read()) {
        result.observe(Number(ready), { task, state: 'ready' });
        result.observe(Number(later), { task, state: 'later' });
      }
    });
  metrics
    .createObservableGauge('provisioning.queue.oldest', {
      description:
        'How long the job that is ready and waits longest has waited',
      unit: 's',
    })
    .addCallback(async result => {
      for (const { task, oldest } of await read()) {
        result.observe(Number(oldest ?? 0), { task });
      }
    });
}

async function readBacklog(
  knex: Knex,
  tasks: string[],
): Promise<TaskBacklog[]> {
  const { rows } = await knex
    .raw<{ rows: TaskBacklog[] }>(
      `select task,
        count(run_at) filter (where run_at <= now()) as ready,
        count(run_at) filter (where run_at > now()) as later,
        extract(epoch from now() - min(run_at)
          filter (where run_at <= now() and locked_at is null)) as oldest
      from unnest(?::text[]) as task
      left join (
        select task_identifier, run_at, locked_at
        from ${WORKER_SCHEMA}.jobs
        where attempts < max_attempts limit ${MAX_JOBS}
      ) as jobs on jobs.task_identifier = task
      group by task`,
      [tasks],
    )
    .timeout(TIMEOUT_MS, { cancel: true });
  return rows;
}
