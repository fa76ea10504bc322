import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { AuditEvent, auditEventListSchema, AuditFilter } from './audit';
import {
  BulkJob,
  BulkLine,
  BulkLineState,
  BulkPreview,
  BulkRequest,
  BulkSource,
} from './bulk';
import {
  bulkJobListSchema,
  bulkJobSchema,
  bulkLineListSchema,
  bulkPreviewSchema,
} from './bulkSchemas';
import {
  EntitlementPlan,
  entitlementPlanSchema,
  EntitlementPreviewRequest,
} from './entitlements';
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
import { RollbackPreview, rollbackPreviewSchema } from './rollbackPreview';
import {
  deliveryListSchema,
  deliverySchema,
  eventListSchema,
  personListSchema,
  personStatusSchema,
  requestedRunSchema,
  runListSchema,
  runSchema,
  serviceInfoListSchema,
  serviceListSchema,
} from './schemas';
import {
  PersonLifecycle,
  ServiceId,
  ServiceInfo,
  ServiceStatus,
} from './types';

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

interface Request {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Instead of a body. */
  csv?: string | Blob;
}

interface Call<T> extends Request {
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

  async getEntitlements(
    userRef: string,
    options?: ProvisioningCallOptions,
  ): Promise<EntitlementPlan> {
    return this.call(
      {
        method: 'GET',
        path: `/persons/${encodeURIComponent(userRef)}/entitlements`,
        answer: entitlementPlanSchema,
      },
      options,
    );
  }

  async previewEntitlements(
    request: EntitlementPreviewRequest,
    options?: ProvisioningCallOptions,
  ): Promise<EntitlementPlan> {
    return this.call(
      {
        method: 'POST',
        path: '/entitlements/preview',
        body: request,
        answer: entitlementPlanSchema,
      },
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
    kind: Exclude<RunKind, 'onboard' | 'rollback'>,
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
      service?: ServiceId;
      latest?: boolean;
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

  async resumeRun(id: string, options?: ProvisioningCallOptions): Promise<Run> {
    return this.call(
      {
        method: 'POST',
        path: `/runs/${encodeURIComponent(id)}/resume`,
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

  async previewRollback(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<RollbackPreview> {
    return this.call(
      {
        method: 'GET',
        path: `/runs/${encodeURIComponent(id)}/rollback`,
        answer: rollbackPreviewSchema,
      },
      options,
    );
  }

  async rollBackRun(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<Run> {
    return this.call(
      {
        method: 'POST',
        path: `/runs/${encodeURIComponent(id)}/rollback`,
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

  async getServiceInfos(
    options?: ProvisioningCallOptions,
  ): Promise<ServiceInfo[]> {
    const { items } = await this.call(
      { method: 'GET', path: '/services/info', answer: serviceInfoListSchema },
      options,
    );
    return items;
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

  async previewBulk(
    source: BulkSource,
    { operation }: Pick<BulkRequest, 'operation'> = {},
    options?: ProvisioningCallOptions,
  ): Promise<BulkPreview> {
    return this.call(
      {
        method: 'POST',
        path: '/bulk/preview',
        query: { operation },
        ...bodyOf(source),
        answer: bulkPreviewSchema,
      },
      options,
    );
  }

  async startBulk(
    source: BulkSource,
    { operation, reason, confirm }: BulkRequest = {},
    options?: ProvisioningCallOptions,
  ): Promise<BulkJob> {
    return this.call(
      {
        method: 'POST',
        path: '/bulk',
        query: { operation, reason, confirm },
        ...bodyOf(source),
        answer: bulkJobSchema,
      },
      options,
    );
  }

  async getBulkJobs(
    query: { limit?: number; offset?: number } = {},
    options?: ProvisioningCallOptions,
  ): Promise<Page<BulkJob>> {
    return this.call(
      { method: 'GET', path: '/bulk', query, answer: bulkJobListSchema },
      options,
    );
  }

  async getBulk(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<BulkJob> {
    return this.call(
      {
        method: 'GET',
        path: `/bulk/${encodeURIComponent(id)}`,
        answer: bulkJobSchema,
      },
      options,
    );
  }

  async getBulkLines(
    id: string,
    query: { state?: BulkLineState; limit?: number; offset?: number } = {},
    options?: ProvisioningCallOptions,
  ): Promise<Page<BulkLine>> {
    return this.call(
      {
        method: 'GET',
        path: `/bulk/${encodeURIComponent(id)}/lines`,
        query,
        answer: bulkLineListSchema,
      },
      options,
    );
  }

  async getBulkReport(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<Blob> {
    const response = await this.send(
      { method: 'GET', path: `/bulk/${encodeURIComponent(id)}/report` },
      options,
    );
    return response.blob();
  }

  async getEvents(
    query: AuditFilter & { limit?: number; after?: string } = {},
    options?: ProvisioningCallOptions,
  ): Promise<{ items: AuditEvent[]; next?: string }> {
    return this.call(
      {
        method: 'GET',
        path: '/events',
        query: { ...query },
        answer: auditEventListSchema,
      },
      options,
    );
  }

  async exportEvents(
    query: AuditFilter & { format: 'csv' | 'jsonl' },
    options?: ProvisioningCallOptions,
  ): Promise<Blob> {
    const response = await this.send(
      { method: 'GET', path: '/events/export', query: { ...query } },
      options,
    );
    return response.blob();
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
    { answer, ...request }: Call<T>,
    options?: ProvisioningCallOptions,
  ): Promise<T> {
    const response = await this.send(request, options);
    return answer.parse(await response.json());
  }

  private async send(
    { method, path, query, body, csv }: Request,
    { token, signal }: ProvisioningCallOptions = {},
  ): Promise<Response> {
    const baseUrl = await this.options.discoveryApi.getBaseUrl('provisioning');
    const url = new URL(`${baseUrl}${path}`);
    for (const [key, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const json = body === undefined ? undefined : JSON.stringify(body);
    const type = csv === undefined ? 'application/json' : 'text/csv';
    const send = this.options.fetchApi?.fetch ?? fetch;
    const response = await send(url.toString(), {
      method,
      headers: {
        ...((csv ?? json) === undefined ? {} : { 'Content-Type': type }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: csv ?? json,
      signal,
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

function bodyOf(source: BulkSource): Pick<Request, 'body' | 'csv'> {
  return typeof source === 'string' || source instanceof Blob
    ? { csv: source }
    : { body: source };
}
