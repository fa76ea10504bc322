import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Container,
  Flex,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import { useParams } from 'react-router-dom';
import type { View } from '../requests/RequestsTable';
import { useListPath } from '../requests/useListPath';
import { taskRouteRef } from '../routes';
import { RequestActions } from './RequestActions';
import { RequestFacts } from './RequestFacts';
import { useRequest } from './useRequest';

const BACK: Record<View, string> = {
  decide: 'All that I may decide',
  mine: 'All my requests',
  all: 'All requests',
};

/** One request, with what the user may do. */
export const RequestPage = ({ view }: { view: View }) => {
  const { id = '' } = useParams();
  const listPath = useListPath(view);
  const taskPath = useRouteRef(taskRouteRef);
  const { request, error, busy, refresh, wish } = useRequest(id);
  const task = request?.usedByTask ?? request?.taskId;
  return (
    <Container my="4">
      <Flex direction="column" gap="4">
        <Link href={listPath}>{BACK[view]}</Link>
        {error && (
          <Alert
            status="danger"
            icon
            title={request ? 'That did not work' : 'It could not be read'}
            description={error}
            customActions={
              <Button size="small" onPress={refresh}>
                Look again
              </Button>
            }
          />
        )}
        {!request && !error && (
          <Skeleton
            width="100%"
            height={240}
            aria-label="Loading the request"
          />
        )}
        {request && (
          <>
            <Flex
              justify="between"
              align="center"
              gap="3"
              style={{ flexWrap: 'wrap' }}
            >
              <Text as="h2" variant="title-small" weight="bold">
                {request.title}
              </Text>
              <RequestActions request={request} busy={busy} wish={wish} />
            </Flex>
            {request.previous && (
              <Alert
                status="warning"
                icon
                title="Not what was approved before"
                description={`Different: ${request.previous.differences.join(
                  ', ',
                )}`}
                customActions={
                  <Link href={`${listPath}/${request.previous.id}`}>
                    What was approved
                  </Link>
                }
              />
            )}
            <RequestFacts request={request} />
            {taskPath && task && (
              <Link href={taskPath({ taskId: task })}>
                {request.usedByTask
                  ? 'The task that ran'
                  : 'The task that asked'}
              </Link>
            )}
          </>
        )}
      </Flex>
    </Container>
  );
};
