import { Alert, Button, Flex, Text } from '@backstage/ui';
import { useState } from 'react';
import { When } from '../../time/When';
import type { StoppedRemoval } from './OrganisationSync';
import { RemovalDialog } from './RemovalDialog';
import { MissingNames } from './MissingNames';
import { countWords, nameOf } from './words';

/** A removal that waits: who would go, and what can be decided. */
export const StoppedSync = (props: {
  stopped: StoppedRemoval;
  /** Name of the identity provider. */
  source: string;
  onApprove(): void;
  onKeep(): void;
}) => {
  const { stopped, source } = props;
  const [asking, setAsking] = useState(false);
  const count = countWords(stopped);
  if (stopped.approvedBy) {
    return (
      <Alert
        status="info"
        icon
        title={`${nameOf(stopped.approvedBy)} let it through`}
        description={`The next sync removes ${count}, if they are still missing in ${source}.`}
      />
    );
  }
  return (
    <Flex direction="column" gap="3">
      <Alert
        status="warning"
        icon
        title={`Stopped: ${count} would go`}
        description={`They are missing in ${source}, more at once than "removals" in the configuration allows. Nothing was changed. Until you decide or they are back, whole syncs wait; single events are still followed.`}
      />
      <Text variant="body-small" color="secondary">
        <When at={stopped.stoppedAt} before="Stopped" />
      </Text>
      <MissingNames missing={stopped} title="Who would go" />
      <Flex align="center" gap="2">
        <Button destructive size="small" onPress={() => setAsking(true)}>
          Approve the removal …
        </Button>
        <Button variant="secondary" size="small" onPress={props.onKeep}>
          Leave them
        </Button>
      </Flex>
      <Text variant="body-small" color="secondary">
        Whom you leave stays in the catalog, and whole syncs go on. You can take
        that back.
      </Text>
      {asking && (
        <RemovalDialog
          stopped={stopped}
          source={source}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            props.onApprove();
          }}
        />
      )}
    </Flex>
  );
};
