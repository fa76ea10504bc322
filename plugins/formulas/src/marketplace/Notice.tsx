import { Flex, Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** Says in the middle of an empty place why it is empty and what to do. */
export const Notice = (props: {
  title: string;
  text: string;
  action?: ReactNode;
}) => (
  <Flex direction="column" align="center" gap="3" className={styles.notice}>
    <Text as="h3" variant="title-x-small" weight="bold">
      {props.title}
    </Text>
    <Text as="p" color="secondary" className={styles.text}>
      {props.text}
    </Text>
    {props.action}
  </Flex>
);
