import { Alert, Flex, Text } from '@backstage/ui';
import type {
  EntitlementPlan,
  PlannedService,
} from '@formulary/plugin-provisioning-common';
import { StateText } from '../StateText';
import {
  ENTITLEMENT_CHANGES,
  reasonsOf,
  SERVICE_CHANGES,
  titleOf,
} from './planWords';

const Small = ({ children }: { children: string }) => (
  <Text as="p" variant="body-small" color="secondary">
    {children}
  </Text>
);

const Service = ({ service }: { service: PlannedService }) => (
  <section aria-label={service.title}>
    <Flex direction="column" gap="2">
      <Flex gap="3" align="center">
        <Text as="h3" variant="title-x-small" weight="bold">
          {service.title}
        </Text>
        <StateText {...SERVICE_CHANGES[service.change]} />
      </Flex>
      {service.reasons.length > 0 && (
        <Small>{reasonsOf(service.reasons)}</Small>
      )}
      {service.problem && (
        <Alert
          status="warning"
          icon
          title="What is there could not be seen"
          description={service.problem}
        />
      )}
      {service.entitlements.length > 0 && (
        <ul>
          {service.entitlements.map(entitlement => (
            <li key={`${entitlement.kind} ${entitlement.name}`}>
              <Flex gap="3" align="center">
                <Text>{titleOf(entitlement)}</Text>
                <StateText {...ENTITLEMENT_CHANGES[entitlement.change]} />
              </Flex>
              <Small>
                {entitlement.reasons.length > 0
                  ? reasonsOf(entitlement.reasons)
                  : 'A rule gave it, and none gives it any more'}
              </Small>
            </li>
          ))}
        </ul>
      )}
    </Flex>
  </section>
);

/** What a run would do for a person, by service, and which rules hold for them. */
export const EntitlementPlanView = ({ plan }: { plan: EntitlementPlan }) => {
  const facts = [
    `Organisation: ${plan.organisation || 'none'}`,
    `Groups: ${plan.groups.join(', ') || 'none'}`,
    ...(plan.roles.length > 0 ? [`Roles: ${plan.roles.join(', ')}`] : []),
  ];
  const others = plan.rules.filter(({ matches }) => !matches);
  return (
    <Flex direction="column" gap="4">
      <Small>{facts.join(' · ')}</Small>
      {plan.refusal && (
        <Alert
          status="warning"
          icon
          title="Nothing for now"
          description={plan.refusal}
        />
      )}
      {plan.services.length === 0 && (
        <Text as="p">No service is set up in this portal.</Text>
      )}
      {plan.services.map(service => (
        <Service key={service.service} service={service} />
      ))}
      {plan.rules.length === 0 && (
        <Small>
          No defaults are declared, so everybody gets an account in every
          service.
        </Small>
      )}
      {others.length > 0 && (
        <Small>
          {`Rules that are for others: ${others
            .map(({ rule, because }) => `${rule} (${because})`)
            .join(', ')}`}
        </Small>
      )}
    </Flex>
  );
};
