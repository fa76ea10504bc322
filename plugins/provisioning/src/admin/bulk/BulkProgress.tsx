import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import type { BulkJob } from '@formulary/plugin-provisioning-common';
import { provisioningApiRef } from '../../api/provisioningApi';
import { DownloadButton } from '../download/DownloadButton';
import { failedRunsOfBulk } from '../runs/retryRuns';
import { useRetry } from '../runs/useRetry';
import { shortName } from '../words';
import { BulkLinesTable } from './BulkLinesTable';
import { BULK_OPERATIONS, countsInWords, sourceInWords } from './bulkWords';
import { useBulk } from './useBulk';

/** How far a bulk job is, and what became of each line. */
export const BulkProgress = (props: { id: string; onLeave(): void }) => {
  const api = useApi(provisioningApiRef);
  const { job, error, setError, refresh } = useBulk(props.id);
  const { busy, said, retry } = useRetry(
    from => failedRunsOfBulk(from, props.id),
    refresh,
  );
  const answered =
    job && job.totalLines - job.counts.waiting - job.counts.running;
  return (
    <Flex direction="column" gap="4">
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <Button size="small" variant="secondary" onPress={props.onLeave}>
          Back to all
        </Button>
        <DownloadButton
          label="Report"
          fileName={`${job?.operation ?? 'bulk'}-${props.id}.csv`}
          fetchFile={() => api.getBulkReport(props.id)}
          onError={setError}
        />
        {job && (job.counts.failed > 0 || busy) && (
          <Button size="small" isPending={busy} onPress={retry}>
            {`Retry ${job.counts.failed} failed`}
          </Button>
        )}
        <Text role="status" variant="body-small" color="secondary">
          {said}
        </Text>
      </Flex>
      {error && (
        <Alert
          status="danger"
          icon
          title="That did not work"
          description={error}
        />
      )}
      {!job && !error && <Text role="status">Looking…</Text>}
      {job && (
        <>
          {job.state === 'running' && (
            <progress
              aria-label="Lines that are done"
              max={job.totalLines}
              value={answered}
              style={{ width: '100%', accentColor: 'var(--bui-accent-bg)' }}
            />
          )}
          <Text role="status">
            {`${answered} of ${job.totalLines} lines are done: ${countsInWords(
              job,
            )}.`}
          </Text>
          <Text color="secondary">{factsOf(job)}</Text>
          <BulkLinesTable id={props.id} version={JSON.stringify(job.counts)} />
        </>
      )}
    </Flex>
  );
};

function factsOf(job: BulkJob): string {
  const { operation, reason, requestedBy, state } = job;
  return [
    `${BULK_OPERATIONS[operation].title}: ${sourceInWords(
      job,
    )}, asked for by ${shortName(requestedBy)}.`,
    ...(reason ? [`Reason: ${reason}.`] : []),
    ...(state === 'running'
      ? ['You may leave this page; the work goes on.']
      : []),
  ].join(' ');
}
