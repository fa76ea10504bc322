import {
  Alert,
  Button,
  Card,
  CardBody,
  CardHeader,
  Container,
  Flex,
  Skeleton,
  Text,
} from '@backstage/ui';
import { When } from '../../time/When';
import { ListBar } from '../ListBar';
import { StateText } from '../StateText';
import { KeptPeople } from './KeptPeople';
import type { OrganisationSync, SyncDecision } from './OrganisationSync';
import { StoppedSync } from './StoppedSync';
import { useOrganisation } from './useOrganisation';
import { sourceOf } from './words';

function stateOf({ isRunning, stopped, error, endedAt }: OrganisationSync) {
  if (isRunning) return { look: 'working', words: 'Reading' } as const;
  if (stopped) {
    return stopped.approvedBy
      ? ({ look: 'working', words: 'Removal approved' } as const)
      : ({ look: 'waiting', words: 'Waits for you' } as const);
  }
  if (error) return { look: 'bad', words: 'Failed' } as const;
  return endedAt
    ? ({ look: 'good', words: 'Well' } as const)
    : ({ look: 'waiting', words: 'Not read yet' } as const);
}

const SyncCard = (props: {
  sync: OrganisationSync;
  onDecide(decision: SyncDecision, digest: string): void;
}) => {
  const { sync, onDecide } = props;
  const { stopped } = sync;
  const source = sourceOf(sync.module);
  const title = `${source}: ${sync.provider}`;
  return (
    <Card role="article" aria-label={title}>
      <CardHeader>
        <Flex justify="between" align="center" gap="2">
          <Text as="h2" variant="title-x-small" weight="bold">
            {title}
          </Text>
          <StateText {...stateOf(sync)} />
        </Flex>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="3">
          <Text variant="body-small" color="secondary">
            {sync.endedAt ? (
              <When at={sync.endedAt} before="Last read" />
            ) : (
              'Not read yet'
            )}
          </Text>
          {sync.error && (
            <Alert
              status="danger"
              icon
              title="The last sync failed; the catalog is as it was before"
              description={sync.error}
            />
          )}
          {stopped && (
            <StoppedSync
              stopped={stopped}
              source={source}
              onApprove={() => onDecide('approve', stopped.digest)}
              onKeep={() => onDecide('keep', stopped.digest)}
            />
          )}
          {sync.kept.map(kept => (
            <KeptPeople
              key={kept.digest}
              kept={kept}
              source={source}
              onTakeBack={() => onDecide('take-back', kept.digest)}
            />
          ))}
        </Flex>
      </CardBody>
    </Card>
  );
};

/** How the people and groups of the identity provider come into the catalog, and what waits for a decision. */
export const OrganisationPage = () => {
  const { state, error, refresh, decide } = useOrganisation();
  return (
    <Container my="4">
      <ListBar onRefresh={refresh}>
        <Text color="secondary">
          {state &&
            `${state.people} people and ${state.groups} groups are in the catalog`}
        </Text>
      </ListBar>
      <Flex direction="column" gap="4">
        {error && (
          <Alert
            role="alert"
            status="danger"
            icon
            title={state ? 'That did not work' : 'The syncs could not be read'}
            description={error}
            customActions={
              <Button size="small" onPress={refresh}>
                Try again
              </Button>
            }
          />
        )}
        {!state && !error && (
          <Skeleton width="100%" height={180} aria-label="Loading the syncs" />
        )}
        {state?.syncs.length === 0 && (
          <Text as="p" color="secondary">
            No identity provider is read: catalog.providers has neither
            keycloakOrg nor logtoOrg.
          </Text>
        )}
        {state?.syncs.map(sync => (
          <SyncCard
            key={`${sync.module}:${sync.provider}`}
            sync={sync}
            onDecide={(decision, digest) => decide(sync, decision, digest)}
          />
        ))}
      </Flex>
    </Container>
  );
};
