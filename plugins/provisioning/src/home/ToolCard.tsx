import {
  ButtonLink,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Flex,
  Text,
} from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiErrorWarningLine,
  RiExternalLinkLine,
  RiLoader4Line,
  RiTimeLine,
} from '@remixicon/react';

import { When } from '../time/When';
import { ServiceIcon } from './ServiceIcon';
import styles from './ToolCard.module.css';
import type { Tool } from './toolState';

const states = {
  ready: { words: 'Ready', color: 'success', Icon: RiCheckboxCircleLine },
  preparing: { words: 'Being prepared', color: 'info', Icon: RiLoader4Line },
  failed: { words: 'Failed', color: 'danger', Icon: RiErrorWarningLine },
  absent: { words: 'Not set up', color: 'secondary', Icon: RiTimeLine },
  suspended: { words: 'Suspended', color: 'warning', Icon: RiErrorWarningLine },
  removed: { words: 'Removed', color: 'secondary', Icon: RiTimeLine },
} as const;

/** One service: whether the person can use it, as whom, and the way there. */
export const ToolCard = ({ tool }: { tool: Tool }) => {
  const { service, account, message } = tool;
  const { words, color, Icon } = states[tool.state];
  const titleId = `my-tools-${service.service}`;
  return (
    <Card className={styles.card} aria-labelledby={titleId} role="article">
      <CardHeader className={styles.header}>
        <Flex
          justify="between"
          align="center"
          gap="2"
          style={{ flexWrap: 'wrap' }}
        >
          <Flex align="center" gap="2">
            <ServiceIcon service={service.service} />
            <Text as="h4" id={titleId} variant="title-x-small" weight="bold">
              {service.title}
            </Text>
          </Flex>
          <Text
            variant="body-small"
            color={color}
            className={`${styles.state} ${
              tool.state === 'preparing' ? styles.working : ''
            }`}
          >
            <Icon size={16} aria-hidden />
            {words}
          </Text>
        </Flex>
      </CardHeader>
      <CardBody className={styles.body}>
        {account?.username && (
          <Text as="p" className={styles.text}>
            {account.username}
          </Text>
        )}
        {message && (
          <Text
            as="p"
            variant="body-small"
            color={tool.state === 'failed' ? 'danger' : 'secondary'}
            className={styles.text}
          >
            {message}
          </Text>
        )}
      </CardBody>
      <CardFooter className={styles.footer}>
        <Text variant="body-small" color="secondary">
          {account && tool.state !== 'preparing' ? (
            <When at={account.observedAt} before="Checked" />
          ) : null}
        </Text>
        {tool.state === 'ready' && (
          <ButtonLink
            href={account?.url ?? service.url}
            target="_blank"
            rel="noopener"
            size="small"
            variant="secondary"
            iconEnd={<RiExternalLinkLine aria-hidden />}
          >
            Open {service.title}
          </ButtonLink>
        )}
      </CardFooter>
    </Card>
  );
};
