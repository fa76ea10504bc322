import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { useCallback, useEffect, useState } from 'react';
import { provisioningApiRef } from '../../api/provisioningApi';
import { useLiveList } from '../../polling/useLiveList';
import type { RunsFilter } from './RunsFilter';
import { failedRuns } from './retryRuns';
import { useRetry } from './useRetry';

/** How many runs have failed, the way to them, and one press that tries all of them again. */
export const RetryFailed = (props: {
  filter: RunsFilter;
  onShow(): void;
  onRetried(): void;
}) => {
  const { onShow, onRetried } = props;
  const { state, kind, service } = props.filter;
  const api = useApi(provisioningApiRef);
  const [failed, setFailed] = useState(0);

  const count = useCallback(async () => {
    try {
      const { totalItems } = await api.getRuns({
        state: 'failed',
        latest: true,
        kind,
        service,
        limit: 1,
      });
      setFailed(totalItems);
    } catch {
      // The list beside it says that runs cannot be read.
      setFailed(0);
    }
  }, [api, kind, service]);
  useEffect(() => {
    count();
  }, [count]);
  useLiveList(count);

  const { busy, said, retry } = useRetry(
    from => failedRuns(from, { kind, service }),
    async () => {
      await count();
      onRetried();
    },
  );

  return (
    <>
      {(failed > 0 || busy) && (
        <Alert
          status="warning"
          icon
          mb="3"
          title={failed === 1 ? '1 run failed' : `${failed} runs failed`}
          description="What has succeeded in them stays as it is; the rest is done again."
          customActions={
            <Flex gap="2">
              {state !== 'failed' && (
                <Button size="small" variant="secondary" onPress={onShow}>
                  Show
                </Button>
              )}
              <Button size="small" isPending={busy} onPress={retry}>
                {`Retry ${failed} failed`}
              </Button>
            </Flex>
          }
        />
      )}
      <Text as="p" role="status" variant="body-small" color="secondary">
        {said}
      </Text>
    </>
  );
};
