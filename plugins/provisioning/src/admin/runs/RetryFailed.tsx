import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import type { RunKind } from '@formulary/plugin-provisioning-common';
import { useState } from 'react';
import { messageOf } from '../../api/messageOf';
import { provisioningApiRef } from '../../api/provisioningApi';

/** Runs tried again with one press: as many as the API lists at once. */
const AT_ONCE = 100;

/** Tries the newest failed runs again, as after an outage, and says what came of it. */
export const RetryFailed = (props: { kind?: RunKind; onRetried(): void }) => {
  const { kind, onRetried } = props;
  const api = useApi(provisioningApiRef);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');

  const retry = async () => {
    setBusy(true);
    setSaid('');
    try {
      const { items } = await api.getRuns({
        state: 'failed',
        kind,
        limit: AT_ONCE,
      });
      const failed = items.filter(({ rolledBackBy }) => !rolledBackBy);
      const refusals: string[] = [];
      for (const { id } of failed) {
        await api.retryRun(id).catch(error => refusals.push(messageOf(error)));
      }
      setSaid(summary(failed.length - refusals.length, refusals));
      onRetried();
    } catch (error) {
      setSaid(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Flex gap="2" align="center">
      <Button
        size="small"
        variant="secondary"
        isDisabled={busy}
        onPress={retry}
      >
        Retry all that failed
      </Button>
      <Text role="status" variant="body-small" color="secondary">
        {busy ? 'Trying again…' : said}
      </Text>
    </Flex>
  );
};

function summary(retried: number, refusals: string[]): string {
  const done = `${retried} ${
    retried === 1 ? 'run is' : 'runs are'
  } tried again`;
  return refusals.length === 0
    ? done
    : `${done}, ${refusals.length} cannot be: ${refusals[0]}`;
}
