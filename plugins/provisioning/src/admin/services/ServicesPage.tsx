import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Card,
  CardBody,
  CardHeader,
  Container,
  Flex,
  Grid,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import type {
  RunState,
  ServiceStatus,
} from '@formulary/plugin-provisioning-common';
import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '@formulary/failure-messages';
import { provisioningApiRef } from '../../api/provisioningApi';
import { ServiceIcon } from '../../home/ServiceIcon';
import { usePolling } from '../../polling/usePolling';
import { When } from '../../time/When';
import { ListBar } from '../ListBar';
import { runsRouteRef } from '../../routes';
import { queryOf } from '../runs/RunsFilter';
import { useRunCounts, type RunCounts } from './useRunCounts';
import { StateText } from '../StateText';

function runsInWords(count: number, one: string, many: string): string {
  return count === 1 ? `1 run ${one}` : `${count} runs ${many}`;
}

function healthOf(service: ServiceStatus) {
  const { reachable, authorized, message, circuit } = service;
  if (!reachable) return { look: 'bad', words: 'Not reachable' } as const;
  if (!authorized) return { look: 'bad', words: 'Token refused' } as const;
  if (circuit) return { look: 'waiting', words: 'Steps wait' } as const;
  return message
    ? ({ look: 'waiting', words: 'Needs attention' } as const)
    : ({ look: 'good', words: 'Well' } as const);
}

/** Runs that a service keeps from being done, and where they are. */
const Runs = ({ runs, title }: { runs?: RunCounts; title: string }) => {
  const runsPath = useRouteRef(runsRouteRef);
  if (!runs) return null;
  const to = (state: RunState) =>
    `${runsPath?.() ?? ''}?${queryOf({ state, service: runs.service })}`;
  return (
    <>
      {runs.waiting > 0 && (
        <Link href={to('running')}>
          {`${runsInWords(runs.waiting, 'waits', 'wait')} for ${title}`}
        </Link>
      )}
      {runs.failed > 0 && (
        <Link href={to('failed')}>
          {`${runsInWords(
            runs.failed,
            'has',
            'have',
          )} failed here: see and retry`}
        </Link>
      )}
    </>
  );
};

const ServiceCard = (props: { service: ServiceStatus; runs?: RunCounts }) => {
  const { service, runs } = props;
  return (
    <Card role="article" aria-label={service.title}>
      <CardHeader>
        <Flex justify="between" align="center" gap="2">
          <Flex align="center" gap="2">
            <ServiceIcon service={service.service} />
            <Text as="h2" variant="title-x-small" weight="bold">
              {service.title}
            </Text>
          </Flex>
          <StateText {...healthOf(service)} />
        </Flex>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="2">
          {service.message && <Text as="p">{service.message}</Text>}
          {service.circuit && (
            <Text as="p">
              <When
                at={service.circuit.failingSince}
                before="No answer, first"
              />
              . Steps wait and go on by themselves once it is back;{' '}
              <When at={service.circuit.nextTryAt} before="next try" />.
              {!service.message && ` Last: ${service.circuit.lastError}`}
            </Text>
          )}
          <Runs runs={runs} title={service.title} />
          <Text variant="body-small" color="secondary">
            {service.version ? `Version ${service.version} · ` : ''}
            <When at={service.observedAt} before="Checked" />
          </Text>
          <Link href={service.url} target="_blank" rel="noopener">
            {service.url}
          </Link>
        </Flex>
      </CardBody>
    </Card>
  );
};

/** How the services are, and what is wrong with those that are not well. */
export const ServicesPage = () => {
  const api = useApi(provisioningApiRef);
  const [services, setServices] = useState<ServiceStatus[]>();
  const [error, setError] = useState<string>();

  const read = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const seen = await api.getServices({ signal });
        if (signal?.aborted) return;
        setServices(seen);
        setError(undefined);
      } catch (failure) {
        if (!signal?.aborted) setError(messageOf(failure));
      }
    },
    [api],
  );
  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal);
    return () => controller.abort();
  }, [read]);
  const counts = useRunCounts(services);
  // Whoever mends a service sees that it is well again.
  usePolling('services', read, false);

  return (
    <Container my="4">
      <ListBar onRefresh={() => read()}>
        <Text color="secondary">
          {services &&
            (services.length === 1
              ? '1 service is set up'
              : `${services.length} services are set up`)}
        </Text>
      </ListBar>
      {error && (
        <Alert
          status="danger"
          icon
          title="The services' health could not be read"
          description={error}
          customActions={
            <Button size="small" onPress={() => read()}>
              Try again
            </Button>
          }
        />
      )}
      {!services && !error && (
        <Skeleton width="100%" height={180} aria-label="Loading the services" />
      )}
      <Grid.Root columns={{ initial: '1', sm: '2' }} gap="4">
        {services?.map(service => (
          <ServiceCard
            key={service.service}
            service={service}
            runs={counts.get(service.service)}
          />
        ))}
      </Grid.Root>
    </Container>
  );
};
