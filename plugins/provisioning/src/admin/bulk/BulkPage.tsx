import { Container, Flex, Text } from '@backstage/ui';
import { useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';
import { BulkJobsTable } from './BulkJobsTable';
import { BulkProgress } from './BulkProgress';
import { BulkStart } from './BulkStart';
import { wishOf } from './bulkWish';

/** Does something for many people at once. Which job is watched is in the address, so that a reload finds it again. */
export const BulkPage = () => {
  const [params, setParams] = useSearchParams();
  const { state, key } = useLocation();
  const wish = useMemo(() => wishOf(state), [state]);
  const id = params.get('job');
  return (
    <Container my="4">
      {id ? (
        <BulkProgress key={id} id={id} onLeave={() => setParams({})} />
      ) : (
        <Flex direction="column" gap="6">
          <BulkStart
            key={key}
            wish={wish}
            onStarted={job => setParams({ job: job.id })}
          />
          <Flex direction="column" gap="3">
            <Text as="h2" variant="title-x-small" weight="bold">
              Asked for so far
            </Text>
            <BulkJobsTable />
          </Flex>
        </Flex>
      )}
    </Container>
  );
};
