import { Alert, Button, Container, Flex, Skeleton, Text } from '@backstage/ui';
import { DriftTable } from './DriftTable';
import { ReconciliationFacts } from './ReconciliationFacts';
import { useReconciliation } from './useReconciliation';

/** How the accounts in the services differ from what they should be, and the way to mend it. */
export const DriftPage = () => {
  const { latest, error, notice, busy, refresh, start, cancel, apply } =
    useReconciliation();
  const isRunning = latest?.state === 'running';
  return (
    <Container my="4">
      <Flex direction="column" gap="4">
        <Flex justify="between" align="center" gap="3">
          <Text variant="body-small" color="secondary">
            Comparing only reads in the services. Nothing is changed before you
            choose what to mend.
          </Text>
          {isRunning ? (
            <Button
              size="small"
              variant="secondary"
              isDisabled={busy}
              onPress={cancel}
            >
              Cancel
            </Button>
          ) : (
            <Button
              size="small"
              isDisabled={busy || latest === undefined}
              onPress={start}
            >
              Compare now
            </Button>
          )}
        </Flex>
        {error && (
          <Alert
            status="danger"
            icon
            title={
              latest === undefined
                ? 'The drift could not be read'
                : 'That did not work'
            }
            description={error}
            customActions={
              <Button size="small" onPress={refresh}>
                Try again
              </Button>
            }
          />
        )}
        {notice && <Alert status="info" icon title={notice} />}
        {latest === undefined && !error && (
          <Skeleton width="100%" height={240} aria-label="Loading the drift" />
        )}
        {latest === null && (
          <Text color="secondary">
            Nothing has been compared yet. Compare now to see whether the
            accounts in the services are what they should be.
          </Text>
        )}
        {latest && (
          <>
            <ReconciliationFacts plan={latest} />
            <DriftTable
              key={latest.id}
              plan={latest}
              busy={busy}
              onApply={apply}
            />
          </>
        )}
      </Flex>
    </Container>
  );
};
