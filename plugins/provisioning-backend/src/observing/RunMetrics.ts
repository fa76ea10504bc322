import {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { RunChange } from './RunChange';
import { RunObserver } from './RunObservers';

/** Seconds: a service answers in milliseconds or is given up on after minutes. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Counts and times what this process does. No label tells who somebody is. */
export class RunMetrics implements RunObserver {
  private readonly runsStarted: MetricsServiceCounter;
  private readonly runsEnded: MetricsServiceCounter;
  private readonly attempts: MetricsServiceCounter;
  private readonly attemptDuration: MetricsServiceHistogram;
  private readonly deliveries: MetricsServiceCounter;

  constructor(metrics: MetricsService) {
    this.runsStarted = metrics.createCounter('provisioning.runs.started', {
      description: 'Runs that began, by kind and source',
    });
    this.runsEnded = metrics.createCounter('provisioning.runs.ended', {
      description:
        'Runs that ended, by kind and state; a run that is retried ends again',
    });
    this.attempts = metrics.createCounter('provisioning.step.attempts', {
      description:
        'Attempts of steps that ended, by service, kind, result and kind of error',
    });
    this.attemptDuration = metrics.createHistogram(
      'provisioning.step.duration',
      {
        description: 'Time of an attempt of a step, by service and result',
        unit: 's',
        advice: { explicitBucketBoundaries: BUCKETS },
      },
    );
    this.deliveries = metrics.createCounter('provisioning.deliveries', {
      description:
        'Deliveries of webhooks, by source and state; "stored" are those received to be worked on',
    });
  }

  changed(change: RunChange): void {
    switch (change.type) {
      case 'run.created':
        this.runsStarted.add(1, { kind: change.kind, source: change.source });
        break;
      case 'run.ended':
        this.runsEnded.add(1, { kind: change.kind, state: change.state });
        break;
      case 'attempt.ended': {
        const { service, result, kind, outcome, errorKind } = change;
        this.attempts.add(1, {
          service,
          kind,
          result,
          ...(outcome && { outcome }),
          ...(errorKind && { error_kind: errorKind }),
        });
        this.attemptDuration.record(change.durationMs / 1000, {
          service,
          result,
        });
        break;
      }
      case 'delivery.received':
      case 'delivery.ended':
        this.deliveries.add(1, { source: change.source, state: change.state });
        break;
      default:
    }
  }
}
