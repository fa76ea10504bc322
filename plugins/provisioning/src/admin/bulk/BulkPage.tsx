import { Container, Flex, Text } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { BulkJobsTable } from './BulkJobsTable';
import { BulkStart } from './BulkStart';
import { BulkProgress } from './BulkProgress';

/** Prepares the accounts of many people at once. Which file is watched is in the address, so that a reload finds it again. */
export const BulkPage = () => {
  const [params, setParams] = useSearchParams();
  const id = params.get('job');
  return (
    <Container my="4">
      {id ? (
        <BulkProgress key={id} id={id} onLeave={() => setParams({})} />
      ) : (
        <Flex direction="column" gap="6">
          <BulkStart onStarted={job => setParams({ job: job.id })} />
          <Flex direction="column" gap="3">
            <Text as="h2" variant="title-x-small" weight="bold">
              So far
            </Text>
            <BulkJobsTable />
          </Flex>
        </Flex>
      )}
    </Container>
  );
};
