import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Card,
  CardBody,
  Container,
  Flex,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Run } from '@formulary/plugin-provisioning-common';
import { useParams } from 'react-router-dom';
import { useServiceTitles } from '../../api/useServiceTitles';
import { runsRouteRef } from '../../routes';
import { When } from '../../time/When';
import { StateText } from '../StateText';
import { RUN_KINDS, RUN_SOURCES, shortName } from '../words';
import { RunActions } from './RunActions';
import { RunEvents } from './RunEvents';
import { RunSteps } from './RunSteps';
import { runState } from './runState';
import { useRun } from './useRun';

const RunFacts = (props: {
  run: Run;
  runsPath: string;
  titleOf(service: string): string;
}) => {
  const { run, runsPath, titleOf } = props;
  return (
    <Card>
      <CardBody>
        <Flex gap="6" style={{ flexWrap: 'wrap' }}>
          <StateText {...runState(run, titleOf)} />
          <Text variant="body-small">
            Asked by {shortName(run.requestedBy)} ({RUN_SOURCES[run.source]})
          </Text>
          <Text variant="body-small" color="secondary">
            <When at={run.createdAt} before="Began" />
          </Text>
          {run.finishedAt && (
            <Text variant="body-small" color="secondary">
              <When at={run.finishedAt} before="Ended" />
            </Text>
          )}
        </Flex>
        {run.message && (
          <Text as="p" variant="body-small">
            {run.message}
          </Text>
        )}
        {run.rollsBack && (
          <Link href={`${runsPath}/${run.rollsBack}`}>
            The run that is rolled back
          </Link>
        )}
        {run.rolledBackBy && (
          <Link href={`${runsPath}/${run.rolledBackBy}`}>
            This run was rolled back
          </Link>
        )}
      </CardBody>
    </Card>
  );
};

/** One run: its steps as they go on, what happened, and what can be done. */
export const RunPage = () => {
  const { id = '' } = useParams();
  const runsPath = useRouteRef(runsRouteRef);
  const titleOf = useServiceTitles();
  const { run, events, error, busy, refresh, retry, resume, cancel } =
    useRun(id);
  return (
    <Container my="4">
      <Flex direction="column" gap="4">
        <Link href={runsPath?.() ?? ''}>All runs</Link>
        {error && (
          <Alert
            status="danger"
            icon
            title={run ? 'That did not work' : 'The run could not be read'}
            description={error}
            customActions={
              <Button size="small" onPress={refresh}>
                Try again
              </Button>
            }
          />
        )}
        {!run && !error && (
          <Skeleton width="100%" height={240} aria-label="Loading the run" />
        )}
        {run && (
          <>
            <Flex
              justify="between"
              align="center"
              gap="3"
              style={{ flexWrap: 'wrap' }}
            >
              <Text as="h2" variant="title-small" weight="bold">
                {RUN_KINDS[run.kind]} {shortName(run.userRef)}
              </Text>
              <RunActions run={run} {...{ busy, retry, resume, cancel }} />
            </Flex>
            <RunFacts
              run={run}
              runsPath={runsPath?.() ?? ''}
              titleOf={titleOf}
            />
            <RunSteps steps={run.steps} titleOf={titleOf} />
            <RunEvents events={events} titleOf={titleOf} />
          </>
        )}
      </Flex>
    </Container>
  );
};
