/**
 * Makes the metrics of the backend readable for Prometheus when
 * `OTEL_METRICS_EXPORTER=prometheus` asks for it, on
 * `OTEL_EXPORTER_PROMETHEUS_HOST` and `OTEL_EXPORTER_PROMETHEUS_PORT`
 * (OpenTelemetry's environment variables; localhost and 9464 by default).
 * Otherwise nothing is loaded. Must be done before the backend starts:
 * instruments that were made earlier count nothing.
 */
export async function startMetrics(): Promise<void> {
  if (process.env.OTEL_METRICS_EXPORTER !== 'prometheus') return;
  const [{ metrics }, { MeterProvider }, { PrometheusExporter }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/exporter-prometheus'),
    ]);
  const exporter = new PrometheusExporter({
    host: process.env.OTEL_EXPORTER_PROMETHEUS_HOST || 'localhost',
    port: Number(process.env.OTEL_EXPORTER_PROMETHEUS_PORT || 9464),
    preventServerStart: true,
  });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [exporter] }));
  await exporter.startServer();
}
