import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  Page,
  ProvisioningApi,
  ProvisioningCallOptions,
} from './ProvisioningApi';
import {
  PersonEntry,
  PersonStatus,
  ProvisioningEvent,
  RequestedRun,
  Run,
  RunKind,
  RunState,
  WebhookDelivery,
} from './runs';
import {
  AppliedDrifts,
  Drift,
  DriftKind,
  Reconciliation,
} from './reconciliations';
import {
  appliedDriftsSchema,
  driftListSchema,
  reconciliationListSchema,
  reconciliationSchema,
} from './reconciliationSchemas';
import {
  deliveryListSchema,
  deliverySchema,
  eventListSchema,
  personListSchema,
  personStatusSchema,
  requestedRunSchema,
  runListSchema,
  runSchema,
  serviceListSchema,
} from './schemas';
import { PersonLifecycle, ServiceId, ServiceStatus } from './types';

/**
 * What {@link ProvisioningClient} needs: Backstage's discovery and, in a
 * browser, its fetch API.
 *
 * @public
 */
export interface ProvisioningClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi?: { fetch: typeof fetch };
}

interface Call<T> {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  answer: z.ZodType<T>;
}

/**
 * Calls the provisioning backend over HTTP and checks its answers.
 *
 * @public
 */
export class ProvisioningClient implements ProvisioningApi {
  constructor(private readonly options: ProvisioningClientOptions) {}

  async getMe(options?: ProvisioningCallOptions): Promise<PersonStatus> {
    return this.call(
      { method: 'GET', path: '/me', answer: personStatusSchema },
      options,
    );
  }

  async prepareMe(
    request: { services?: ServiceId[] } = {},
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun> {
    return this.call(
      {
        method: 'POST',
        path: '/me/runs',
        body: request,
        answer: requestedRunSchema,
      },
      options,
    );
  }

  async onboard(
    request: { userRef: string; services?: ServiceId[] },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun> {
    return this.call(
      {
        method: 'POST',
        path: '/persons',
        body: request,
        answer: requestedRunSchema,
      },
      options,
    );
  }

  async getPerson(
    userRef: string,
    options?: ProvisioningCallOptions,
  ): Promise<PersonStatus> {
    return this.call(
      {
        method: 'GET',
        path: `/persons/${encodeURIComponent(userRef)}`,
        answer: personStatusSchema,
      },
      options,
    );
  }

  async getPersons(
    query: {
      limit?: number;
      offset?: number;
      state?: PersonLifecycle['state'];
      search?: string;
    } = {},
    options?: ProvisioningCallOptions,
  ): Promise<Page<PersonEntry>> {
    return this.call(
      { method: 'GET', path: '/persons', query, answer: personListSchema },
      options,
    );
  }

  async suspend(
    { userRef, reason }: { userRef: string; reason: string },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun> {
    return this.changeOf(userRef, 'suspend', { reason }, options);
  }

  async restore(
    { userRef }: { userRef: string },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun> {
    return this.changeOf(userRef, 'restore', undefined, options);
  }

  async remove(
    { userRef, reason }: { userRef: string; reason: string },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun> {
    return this.changeOf(userRef, 'remove', { reason }, options);
  }

  private async changeOf(
    userRef: string,
    kind: Exclude<RunKind, 'onboard'>,
    body: { reason: string } | undefined,
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun> {
    return this.call(
      {
        method: 'POST',
        path: `/persons/${encodeURIComponent(userRef)}/${kind}`,
        body,
        answer: requestedRunSchema,
      },
      options,
    );
  }

  async getRun(id: string, options?: ProvisioningCallOptions): Promise<Run> {
    return this.call(
      {
        method: 'GET',
        path: `/runs/${encodeURIComponent(id)}`,
        answer: runSchema,
      },
      options,
    );
  }

  async getRunEvents(
    id: string,
    query: { after?: string } = {},
    options?: ProvisioningCallOptions,
  ): Promise<ProvisioningEvent[]> {
    const { items } = await this.call(
      {
        method: 'GET',
        path: `/runs/${encodeURIComponent(id)}/events`,
        query,
        answer: eventListSchema,
      },
      options,
    );
    return items;
  }

  async getRuns(
    query: {
      limit?: number;
      offset?: number;
      state?: RunState;
      kind?: RunKind;
      userRef?: string;
    } = {},
    options?: ProvisioningCallOptions,
  ): Promise<Page<Run>> {
    return this.call(
      { method: 'GET', path: '/runs', query, answer: runListSchema },
      options,
    );
  }

  async retryRun(id: string, options?: ProvisioningCallOptions): Promise<Run> {
    return this.call(
      {
        method: 'POST',
        path: `/runs/${encodeURIComponent(id)}/retry`,
        answer: runSchema,
      },
      options,
    );
  }

  async cancelRun(id: string, options?: ProvisioningCallOptions): Promise<Run> {
    return this.call(
      {
        method: 'POST',
        path: `/runs/${encodeURIComponent(id)}/cancel`,
        answer: runSchema,
      },
      options,
    );
  }

  async getDeliveries(
    query: {
      limit?: number;
      offset?: number;
      state?: WebhookDelivery['state'];
    } = {},
    options?: ProvisioningCallOptions,
  ): Promise<Page<WebhookDelivery>> {
    return this.call(
      { method: 'GET', path: '/deliveries', query, answer: deliveryListSchema },
      options,
    );
  }

  async redeliver(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<WebhookDelivery> {
    return this.call(
      {
        method: 'POST',
        path: `/deliveries/${encodeURIComponent(id)}/redeliver`,
        answer: deliverySchema,
      },
      options,
    );
  }

  async getServices(
    options?: ProvisioningCallOptions,
  ): Promise<ServiceStatus[]> {
    const { items } = await this.call(
      { method: 'GET', path: '/services', answer: serviceListSchema },
      options,
    );
    return items;
  }

  async startReconciliation(
    options?: ProvisioningCallOptions,
  ): Promise<Reconciliation> {
    return this.call(
      {
        method: 'POST',
        path: '/reconciliations',
        answer: reconciliationSchema,
      },
      options,
    );
  }

  async getReconciliations(
    query: { limit?: number; offset?: number } = {},
    options?: ProvisioningCallOptions,
  ): Promise<Page<Reconciliation>> {
    return this.call(
      {
        method: 'GET',
        path: '/reconciliations',
        query,
        answer: reconciliationListSchema,
      },
      options,
    );
  }

  async getReconciliation(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<Reconciliation> {
    return this.call(
      {
        method: 'GET',
        path: `/reconciliations/${encodeURIComponent(id)}`,
        answer: reconciliationSchema,
      },
      options,
    );
  }

  async getDrifts(
    id: string,
    query: {
      limit?: number;
      offset?: number;
      kind?: DriftKind;
      service?: ServiceId;
    } = {},
    options?: ProvisioningCallOptions,
  ): Promise<Page<Drift>> {
    return this.call(
      {
        method: 'GET',
        path: `/reconciliations/${encodeURIComponent(id)}/drifts`,
        query,
        answer: driftListSchema,
      },
      options,
    );
  }

  async applyReconciliation(
    id: string,
    request: { driftIds?: string[] } = {},
    options?: ProvisioningCallOptions,
  ): Promise<AppliedDrifts> {
    return this.call(
      {
        method: 'POST',
        path: `/reconciliations/${encodeURIComponent(id)}/apply`,
        body: request,
        answer: appliedDriftsSchema,
      },
      options,
    );
  }

  async cancelReconciliation(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<Reconciliation> {
    return this.call(
      {
        method: 'POST',
        path: `/reconciliations/${encodeURIComponent(id)}/cancel`,
        answer: reconciliationSchema,
      },
      options,
    );
  }

  private async call<T>(
    { method, path, query, body, answer }: Call<T>,
    { token, signal }: ProvisioningCallOptions = {},
  ): Promise<T> {
    const baseUrl = await this.options.discoveryApi.getBaseUrl('provisioning');
    const url = new URL(`${baseUrl}${path}`);
    for (const [key, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const send = this.options.fetchApi?.fetch ?? fetch;
    const response = await send(url.toString(), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return answer.parse(await response.json());
  }
}
