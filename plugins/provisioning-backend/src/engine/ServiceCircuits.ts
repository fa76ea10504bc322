import { ServiceId } from '@formulary/plugin-provisioning-common';
import { CircuitLimits, ServiceCircuit } from './ServiceCircuit';

/** One circuit for each service, in this process: another one finds out by itself. */
export class ServiceCircuits {
  private readonly circuits = new Map<ServiceId, ServiceCircuit>();

  constructor(private readonly limits: CircuitLimits) {}

  of(service: ServiceId): ServiceCircuit {
    let circuit = this.circuits.get(service);
    if (!circuit) {
      circuit = new ServiceCircuit(this.limits);
      this.circuits.set(service, circuit);
    }
    return circuit;
  }
}
