import { ServiceHealth } from '@formulary/plugin-provisioning-node';
import { isServiceError, VersionCheck } from '@formulary/service-client-node';

/**
 * How a service is: first whether its version will do, then what only that
 * service can be asked. Never throws.
 *
 * @param problemOf - why the portal's token can not do the work, for people; undefined when it can
 */
export async function healthOf(service: {
  checkVersion(): Promise<VersionCheck>;
  problemOf(): Promise<string | undefined>;
}): Promise<ServiceHealth> {
  let version: string | undefined;
  try {
    const check = await service.checkVersion();
    version = check.version;
    const message = check.problem ?? (await service.problemOf());
    return {
      reachable: true,
      version,
      authorized: message === undefined,
      message,
    };
  } catch (error) {
    return {
      // Whoever has told their version is there.
      reachable: version !== undefined || !isServiceError(error, 'unavailable'),
      version,
      authorized: false,
      message: error instanceof Error ? error.message : String(error),
    };
  }
}
