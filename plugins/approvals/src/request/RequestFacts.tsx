import type { ReactNode } from 'react';
import { Card, CardBody, Flex, Text } from '@backstage/ui';
import type { ApprovalDetails } from '@formulary/plugin-approvals-common';
import { shortName } from '../requests/shortName';
import { StateText } from '../requests/StateText';
import { When } from '../requests/When';
import styles from './RequestFacts.module.css';

const Section = (props: { title: string; children: ReactNode }) => (
  <Card>
    <CardBody>
      <Flex direction="column" gap="3">
        <Text as="h3" variant="title-x-small" weight="bold">
          {props.title}
        </Text>
        {props.children}
      </Flex>
    </CardBody>
  </Card>
);

const Facts = ({ of }: { of: [string, ReactNode][] }) => (
  <dl className={styles.facts}>
    {of.map(([name, value]) => (
      <div key={name} style={{ display: 'contents' }}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const EXPIRES: Partial<Record<ApprovalDetails['state'], string>> = {
  pending: 'To be decided by',
  approved: 'To be started by',
};

/** All that is known of a request. */
export const RequestFacts = ({ request }: { request: ApprovalDetails }) => {
  const { cost, services, decidedBy, state } = request;
  const approvers = request.approvers
    .map(({ ref, delegatedBy }) =>
      delegatedBy
        ? `${shortName(ref)} (from ${shortName(delegatedBy)})`
        : shortName(ref),
    )
    .join(', ');
  const facts: [string, ReactNode][] = [
    ['State', <StateText state={state} />],
    ['Reason', request.reason],
    ['Asked by', `${shortName(request.requester)} (${request.organisation})`],
    ['Template', shortName(request.templateRef)],
    ['Rule', request.rule],
    ['May decide', approvers],
  ];
  if (cost !== undefined) {
    facts.push(['Cost in a month', cost.toLocaleString('en')]);
  }
  if (services.length > 0) facts.push(['Services', services.join(', ')]);
  const expires = EXPIRES[state];
  if (expires) facts.push([expires, <When at={request.expiresAt} />]);
  if (decidedBy) {
    facts.push(
      ['Decided by', shortName(decidedBy)],
      ['Because', request.decisionReason],
    );
  }
  const parameters = Object.entries(request.parameters).map(
    ([name, value]): [string, ReactNode] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ],
  );
  return (
    <>
      <Section title="The request">
        <Facts of={facts} />
      </Section>
      {request.preview.length > 0 && (
        <Section title="What will be done">
          <ul className={styles.list}>
            {request.preview.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Parameters">
        {parameters.length > 0 ? (
          <Facts of={parameters} />
        ) : (
          <Text color="secondary">None</Text>
        )}
        {request.omitted.length > 0 && (
          <Text variant="body-small" color="secondary">
            Left out, because it is secret: {request.omitted.join(', ')}
          </Text>
        )}
      </Section>
      <Section title="What happened">
        <ol className={styles.list} aria-live="polite">
          {request.history.map(event => (
            <li key={event.id}>
              <When at={event.at} />, {shortName(event.actor)}:{' '}
              {event.type.replace('request.', '')}. {event.message}
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
};
