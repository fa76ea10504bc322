import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { provisioningApiRef } from '../../api/provisioningApi';
import { DownloadButton } from '../download/DownloadButton';
import { shortName } from '../words';
import { BulkLinesTable } from './BulkLinesTable';
import { countsInWords } from './bulkWords';
import { useBulk } from './useBulk';

/** How far a bulk onboarding is, and what became of each line. */
export const BulkProgress = (props: { id: string; onLeave(): void }) => {
  const api = useApi(provisioningApiRef);
  const { job, error, setError } = useBulk(props.id);
  const counts = job?.counts;
  const answered =
    job && job.totalLines - job.counts.waiting - job.counts.running;
  return (
    <Flex direction="column" gap="4">
      <Flex gap="2">
        <Button size="small" variant="secondary" onPress={props.onLeave}>
          Back to all
        </Button>
        <DownloadButton
          label="Report"
          fileName={`onboarding-${props.id}.csv`}
          fetchFile={() => api.getBulkReport(props.id)}
          onError={setError}
        />
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
      {job && counts && (
        <>
          {job.state === 'running' && (
            <progress
              aria-label="Lines that are done"
              max={job.totalLines}
              value={answered}
              style={{ width: '100%', accentColor: 'var(--bui-bg-solid)' }}
            />
          )}
          <Text role="status">
            {`${answered} of ${job.totalLines} lines are done: ${countsInWords(
              counts,
            )}.`}
          </Text>
          <Text color="secondary">{`${
            job.group ? `For ${job.group}, asked` : 'Asked'
          } for by ${shortName(job.requestedBy)}.${
            job.state === 'running'
              ? ' You may leave this page; the work goes on.'
              : ''
          }`}</Text>
          <BulkLinesTable id={props.id} version={String(answered)} />
        </>
      )}
    </Flex>
  );
};
