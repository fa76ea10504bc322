import { useApi } from '@backstage/frontend-plugin-api';
import type { ProvisioningApi } from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { retryRuns } from './retryRuns';

/**
 * Tries runs again, and says how far it is and what came of it.
 *
 * @param list - finds the runs when it begins
 * @param onRetried - called once all were asked for
 */
export function useRetry(
  list: (api: ProvisioningApi) => Promise<Set<string>>,
  onRetried: () => Promise<void> | void,
): { busy: boolean; said: string; retry(): void } {
  const api = useApi(provisioningApiRef);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');

  const retry = async () => {
    setBusy(true);
    try {
      const ids = await list(api);
      const { retried, refusals } = await retryRuns(api, ids, done =>
        setSaid(`Trying again: ${done} of ${ids.size} …`),
      );
      setSaid(summary(retried, refusals));
    } catch (error) {
      setSaid(messageOf(error));
    } finally {
      setBusy(false);
      await onRetried();
    }
  };
  return { busy, said, retry };
}

function summary(retried: number, refusals: string[]): string {
  const done = `${retried} ${
    retried === 1 ? 'run is' : 'runs are'
  } tried again`;
  return refusals.length === 0
    ? done
    : `${done}, ${refusals.length} cannot be: ${refusals[0]}`;
}
