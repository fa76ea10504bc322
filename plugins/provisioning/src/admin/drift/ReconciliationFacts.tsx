import { Alert, Card, CardBody, Flex, Text } from '@backstage/ui';
import type { Reconciliation } from '@formulary/plugin-provisioning-common';
import { useServiceTitles } from '../../api/useServiceTitles';
import { When } from '../../time/When';
import { StateText } from '../StateText';
import { DRIFT_KINDS, RECONCILIATION_STATES, shortName } from '../words';

/** How far a reconciliation is, what it saw, and what it could not see. */
export const ReconciliationFacts = ({ plan }: { plan: Reconciliation }) => {
  const titleOf = useServiceTitles();
  const kinds = new Map<string, number>();
  for (const { kind, count } of plan.drifts) {
    const words = DRIFT_KINDS[kind];
    kinds.set(words, (kinds.get(words) ?? 0) + count);
  }
  const listed = plan.services.reduce(
    (sum, service) => sum + (service.listed ?? 0),
    0,
  );
  return (
    <Flex direction="column" gap="3">
      <Card>
        <CardBody>
          <Flex gap="6" style={{ flexWrap: 'wrap' }}>
            <StateText {...RECONCILIATION_STATES[plan.state]} />
            <Text variant="body-small" role="status">
              {plan.checkedPersons} of {plan.totalPersons} people compared
              {listed > 0 && `, ${listed} accounts in the services’ lists`}
              {plan.busyPersons > 0 &&
                `, ${plan.busyPersons} left out: work on them is under way`}
            </Text>
            <Text variant="body-small">
              {[...kinds]
                .map(([words, count]) => `${words}: ${count}`)
                .join(' · ') ||
                (plan.state === 'running'
                  ? 'Nothing found so far'
                  : 'No drift found')}
            </Text>
            <Text variant="body-small" color="secondary">
              Asked by {shortName(plan.requestedBy)},{' '}
              <When at={plan.createdAt} />
            </Text>
          </Flex>
        </CardBody>
      </Card>
      {plan.services
        .filter(({ message }) => message !== undefined)
        .map(({ service, unreadable, message }) => (
          <Alert
            key={service}
            status="warning"
            icon
            title={
              unreadable > 0
                ? `${titleOf(
                    service,
                  )}: ${unreadable} accounts could not be compared`
                : `${titleOf(service)}: not all accounts were read`
            }
            description={message}
          />
        ))}
    </Flex>
  );
};
