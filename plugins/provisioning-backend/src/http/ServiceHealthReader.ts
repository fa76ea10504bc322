import { ServiceStatus } from '@formulary/plugin-provisioning-common';
import { ServiceConnector } from '@formulary/plugin-provisioning-node';
import { callConnector } from '../engine/callConnector';
import { ConnectorRegistry } from '../engine/ConnectorRegistry';
import { ServiceCircuits } from '../engine/ServiceCircuits';

const TIMEOUT_MS = 10_000;

/** An answer younger than this is given again, so that a page full of viewers asks a service once. */
const FRESH_MS = 10_000;

/** Asks the services how they are. */
export class ServiceHealthReader {
  private latest?: { at: number; answer: Promise<ServiceStatus[]> };

  constructor(
    private readonly connectors: ConnectorRegistry,
    private readonly circuits: ServiceCircuits,
  ) {}

  /** Health of every service. A service that does not answer is one that is not reachable. */
  async read(): Promise<ServiceStatus[]> {
    if (!this.latest || Date.now() - this.latest.at > FRESH_MS) {
      this.latest = {
        at: Date.now(),
        answer: Promise.all(this.connectors.all().map(readOne)),
      };
    }
    const services = await this.latest.answer;
    return services.map(status => this.withCircuit(status));
  }

  private withCircuit(status: ServiceStatus): ServiceStatus {
    const { open } = this.circuits.of(status.service);
    if (!open) return status;
    return {
      ...status,
      circuit: {
        failingSince: new Date(open.failingSince).toISOString(),
        nextTryAt: new Date(open.nextTryAt).toISOString(),
        lastError: open.lastError,
      },
    };
  }
}

async function readOne(connector: ServiceConnector): Promise<ServiceStatus> {
  const { service, title, url } = connector;
  const info = { service, title, url, observedAt: new Date().toISOString() };
  try {
    const health = await callConnector(
      connector,
      options => connector.health(options),
      { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS },
    );
    return { ...info, ...health };
  } catch (error) {
    return {
      ...info,
      reachable: false,
      authorized: false,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}
