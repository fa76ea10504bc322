import { Alert, Button, Flex, Text } from '@backstage/ui';
import { useState } from 'react';
import { When } from '../../time/When';
import type { StoppedRemoval } from './OrganisationSync';
import { RemovalDialog } from './RemovalDialog';
import styles from './StoppedSync.module.css';
import { countWords } from './words';

const nameOf = (ref: string) => ref.replace(/:default\//, ' ');

/** A removal that waits: who would go, and the way to let it through. */
export const StoppedSync = (props: {
  stopped: StoppedRemoval;
  /** Name of the identity provider. */
  source: string;
  onApprove(): void;
}) => {
  const { stopped, source } = props;
  const [asking, setAsking] = useState(false);
  const count = countWords(stopped);
  const more = stopped.users + stopped.groups - stopped.sample.length;
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
      <ul className={styles.names} aria-label="Who would go">
        {stopped.sample.map(ref => (
          <li key={ref}>
            <Text>{nameOf(ref)}</Text>
          </li>
        ))}
      </ul>
      {more > 0 && <Text color="secondary">{`and ${more} more`}</Text>}
      <Flex>
        <Button destructive size="small" onPress={() => setAsking(true)}>
          Approve the removal …
        </Button>
      </Flex>
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
