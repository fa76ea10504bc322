import { NotFoundError } from '@backstage/errors';
import { ServiceId, ServiceInfo } from '@formulary/plugin-provisioning-common';
import {
  ProvisioningConnectorsExtensionPoint,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';

/** The connectors of the services that are set up. */
export class ConnectorRegistry implements ProvisioningConnectorsExtensionPoint {
  private readonly connectors = new Map<ServiceId, ServiceConnector>();

  addConnector(connector: ServiceConnector): void {
    const other = this.connectors.get(connector.service);
    if (other) {
      throw new Error(
        `There are two connectors for "${connector.service}": ${other.title} and ${connector.title}. Remove one of the modules that add them`,
      );
    }
    this.connectors.set(connector.service, connector);
  }

  all(): ServiceConnector[] {
    return [...this.connectors.values()];
  }

  services(): ServiceInfo[] {
    return this.all().map(({ service, title, url }) => ({
      service,
      title,
      url,
    }));
  }

  /** The connector of a service, if it is set up. */
  find(service: ServiceId): ServiceConnector | undefined {
    return this.connectors.get(service);
  }

  /** @throws NotFoundError when the service is not set up */
  get(service: ServiceId): ServiceConnector {
    const connector = this.connectors.get(service);
    if (!connector) {
      const known = [...this.connectors.keys()].join(', ') || 'none';
      throw new NotFoundError(
        `"${service}" is not set up in this portal. Services that are: ${known}`,
      );
    }
    return connector;
  }
}
