import { Flex, Text } from '@backstage/ui';
import type { ProvisioningEvent } from '@formulary/plugin-provisioning-common';
import { withShortNames } from '../words';
import styles from './RunEvents.module.css';

/** What happened in a run, oldest first. */
export const RunEvents = (props: {
  events: ProvisioningEvent[];
  titleOf(service: string): string;
}) => (
  <Flex direction="column" gap="2">
    <Text as="h3" variant="title-x-small" weight="bold">
      What happened
    </Text>
    <ol className={styles.events} aria-live="polite">
      {props.events.map(event => (
        <li key={event.id} className={styles.event}>
          <time dateTime={event.at} className={styles.time}>
            {new Date(event.at).toLocaleTimeString()}
          </time>
          <span className={styles.service}>
            {event.service ? props.titleOf(event.service) : ''}
          </span>
          <span>{withShortNames(event.message)}</span>
        </li>
      ))}
    </ol>
  </Flex>
);
