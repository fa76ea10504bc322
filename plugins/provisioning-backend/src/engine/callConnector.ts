import {
  ConnectorCallOptions,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';
import { ServiceError } from '@formulary/service-client-node';

/**
 * Calls a connector and gives up on it after a time, even when it does not
 * listen to its signal: a worker must not hang with it.
 *
 * @throws ServiceError of kind `unavailable` when the time is up; the signal's reason when it is aborted
 */
export async function callConnector<T>(
  connector: ServiceConnector,
  call: (options: ConnectorCallOptions) => Promise<T>,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<T> {
  signal.throwIfAborted();
  const abort = new AbortController();
  let giveUp: (reason: unknown) => void = () => undefined;
  const givenUp = new Promise<never>((_resolve, reject) => {
    giveUp = reason => {
      reject(reason);
      abort.abort(reason);
    };
  });
  const onAbort = () => giveUp(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(
    () =>
      giveUp(
        new ServiceError(
          `${connector.title} was not done after ${timeoutMs / 1000} s`,
          { kind: 'unavailable', service: connector.title },
        ),
      ),
    timeoutMs,
  );
  try {
    return await Promise.race([givenUp, call({ signal: abort.signal })]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
