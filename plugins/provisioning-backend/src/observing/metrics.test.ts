import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { FakeConnector } from '../__testUtils__/FakeConnector';
import { personNamed } from '../__testUtils__/people';
import {
  createTestDatabase,
  startTestEngine,
} from '../__testUtils__/startTestEngine';
import {
  startTestPostgres,
  TestPostgres,
} from '@formulary/postgres-test-utils';
import { observeCircuits } from './observeCircuits';
import { observeQueue } from './observeQueue';
import { RunMetrics } from './RunMetrics';
import { RunObservers } from './RunObservers';

jest.setTimeout(60_000);

class OnDemandReader extends MetricReader {
  protected async onForceFlush() {}
  protected async onShutdown() {}
}

describe('Metrics', () => {
  let postgres: TestPostgres;
  let text: string;
  let errors: unknown[];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    const reader = new OnDemandReader();
    const metrics = new MeterProvider({ readers: [reader] }).getMeter('test');
    const observers = new RunObservers(mockServices.logger.mock());
    observers.add(new RunMetrics(metrics));
    const test = await startTestEngine({
      postgres,
      databaseName: await createTestDatabase(postgres),
      connectors: [new FakeConnector('gitea')],
      databaseOptions: { observers },
    });
    observeCircuits({
      metrics,
      circuits: test.engine.circuits,
      services: ['gitea'],
    });
    observeQueue({
      metrics,
      knex: test.knex,
      logger: mockServices.logger.mock(),
      tasks: [...test.engine.taskNames(), 'idle'],
    });
    const { run } = await test.engine.provisioning.onboard(
      { person: personNamed('bob'), enabled: true },
      { source: 'self', requestedBy: 'user:default/bob' },
    );
    await test.finished(run.id);
    await test.database.deliveries.add([
      {
        id: randomUUID(),
        source: 'keycloak',
        deliveryId: '1',
        type: 'access.REGISTER',
        payload: {},
        state: 'ignored',
      },
    ]);
    await test.database.transaction(stores =>
      stores.jobs.add({ task: 'idle', payload: {}, key: 'idle' }),
    );
    const collected = await reader.collect();
    errors = collected.errors;
    text = new PrometheusSerializer().serialize(collected.resourceMetrics);
    await test.stop();
  });
  afterAll(async () => {
    await postgres.stop();
  });

  it.each([
    'provisioning_runs_started_total{kind="onboard",source="self"',
    'provisioning_runs_ended_total{kind="onboard",state="succeeded"',
    'provisioning_step_attempts_total{service="gitea",kind="onboard",result="succeeded",outcome="created"',
    'provisioning_step_duration_count{service="gitea",result="succeeded"',
    'provisioning_deliveries_total{source="keycloak",state="ignored"',
    'provisioning_circuit_open{service="gitea"',
    'provisioning_queue_jobs{task="idle",state="ready"',
    'provisioning_queue_jobs{task="delivery",state="ready"',
    'provisioning_queue_oldest{task="idle"',
  ])('count %s', sample => {
    expect(text).toContain(sample);
  });

  it('are collected without an error', () => {
    expect(errors).toEqual([]);
  });

  it('tell nobody who somebody is', () => {
    expect(text).not.toContain('bob');
  });

  it('are all that the dashboard shows', async () => {
    const dashboard = await readFile(
      join(__dirname, '../../../../deploy/grafana/provisioning.json'),
      'utf8',
    );
    const shown = new Set(dashboard.match(/provisioning_[a-z_]+/g));
    expect(shown.size).toBeGreaterThan(5);
    const offered = new Set(text.match(/^provisioning_[a-z_]+/gm));
    expect([...shown].filter(name => !offered.has(name))).toEqual([]);
  });
});
