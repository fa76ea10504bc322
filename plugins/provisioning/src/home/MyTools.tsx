import { Alert, Button, Flex, Skeleton, Text } from '@backstage/ui';
import type { PersonStatus } from '@formulary/plugin-provisioning-common';
import { RiRefreshLine } from '@remixicon/react';
import styles from './MyTools.module.css';
import { ToolCard } from './ToolCard';
import { toolsOf } from './toolState';
import { useMyTools, type MyTools as Tools } from './useMyTools';

function listOf(names: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

const Notice = (props: {
  title: string;
  text: string;
  action?: JSX.Element;
}) => (
  <Flex direction="column" align="center" gap="3" className={styles.notice}>
    <Text as="h4" variant="title-x-small" weight="bold">
      {props.title}
    </Text>
    <Text as="p" color="secondary" className={styles.text}>
      {props.text}
    </Text>
    {props.action}
  </Flex>
);

const Failure = ({ tools, message }: { tools: Tools; message: string }) => (
  <Alert
    role="alert"
    status="danger"
    icon
    title={
      tools.status ? 'That did not work' : 'Your tools could not be loaded'
    }
    description={message}
    customActions={
      <Button size="small" onPress={tools.refresh}>
        Try again
      </Button>
    }
  />
);

const Loading = () => (
  <div className={styles.grid} role="status" aria-label="Loading your tools">
    {[1, 2, 3, 4].map(number => (
      <Skeleton key={number} height="11rem" />
    ))}
  </div>
);

const Content = (props: { tools: Tools; status: PersonStatus }) => {
  const { tools, status } = props;
  if (status.services.length === 0) {
    return (
      <Notice
        title="No tools are set up"
        text="The platform team has not connected any service to this portal yet."
      />
    );
  }
  if (!status.run && status.accounts.length === 0) {
    return (
      <Notice
        title="Your tools are not prepared yet"
        text={`One click makes your accounts in ${listOf(
          status.services.map(({ title }) => title),
        )}, so that you can log in there with the account you have here.`}
        action={
          <Button
            variant="primary"
            isPending={tools.busy}
            onPress={tools.prepare}
          >
            Prepare my tools
          </Button>
        }
      />
    );
  }
  const cards = toolsOf(status);
  const { lifecycle } = status;
  const active = lifecycle === undefined || lifecycle.state === 'active';
  const failed = status.run?.state === 'failed';
  const missing = cards.some(
    ({ state }) => state === 'absent' || state === 'failed',
  );
  return (
    <>
      {!active && (
        <Alert
          status="warning"
          icon
          title={`Your accounts are ${lifecycle.state}`}
          description={`${lifecycle.reason}. Ask an administrator if that is not right.`}
        />
      )}
      {active && (failed || (missing && status.run?.state !== 'running')) && (
        <Alert
          status="warning"
          icon
          title={
            failed
              ? 'Some of your tools could not be prepared'
              : 'Some of your tools are not set up'
          }
          description={status.run?.message}
          customActions={
            <Button size="small" isPending={tools.busy} onPress={tools.prepare}>
              {failed ? 'Retry' : 'Prepare my tools'}
            </Button>
          }
        />
      )}
      <ul className={styles.grid} aria-live="polite">
        {cards.map(tool => (
          <li key={tool.service.service}>
            <ToolCard tool={tool} />
          </li>
        ))}
      </ul>
    </>
  );
};

/** The signed-in person's accounts: which are ready, which are not and why. */
export const MyTools = () => {
  const tools = useMyTools();
  return (
    <section aria-labelledby="my-tools">
      <Flex direction="column" gap="4">
        <Flex justify="between" align="center" gap="4">
          <Text as="h3" id="my-tools" variant="title-x-small" weight="bold">
            My tools
          </Text>
          {tools.status && (
            <Button
              size="small"
              variant="tertiary"
              iconStart={<RiRefreshLine aria-hidden />}
              onPress={tools.refresh}
            >
              Refresh
            </Button>
          )}
        </Flex>
        {tools.error && <Failure tools={tools} message={tools.error} />}
        {!tools.status && !tools.error && <Loading />}
        {tools.status && <Content tools={tools} status={tools.status} />}
      </Flex>
    </section>
  );
};
