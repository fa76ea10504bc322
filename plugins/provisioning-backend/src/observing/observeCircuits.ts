import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { ServiceId } from '@formulary/plugin-provisioning-common';
import { ServiceCircuits } from '../engine/ServiceCircuits';

/** A gauge of the services that this process does not call for now, because they gave no answer. */
export function observeCircuits(options: {
  metrics: MetricsService;
  circuits: ServiceCircuits;
  services: ServiceId[];
}): void {
  const { metrics, circuits, services } = options;
  metrics
    .createObservableGauge('provisioning.circuit.open', {
      description:
        'Whether steps of a service wait because it gave no answer several times in a row: 1, else 0',
    })
    .addCallback(result => {
      for (const service of services) {
        result.observe(circuits.of(service).open ? 1 : 0, { service });
      }
    });
}
