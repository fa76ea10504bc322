import { AuditEvent, AuditFilter } from './audit';
import { EntitlementPlan, EntitlementPreviewRequest } from './entitlements';
import {
  BulkJob,
  BulkLine,
  BulkLineState,
  BulkPreview,
  BulkRequest,
  BulkSource,
} from './bulk';
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
import { RollbackPreview } from './rollbackPreview';
import {
  PersonLifecycle,
  ServiceId,
  ServiceInfo,
  ServiceStatus,
} from './types';

/**
 * Options of every call.
 *
 * @public
 */
export interface ProvisioningCallOptions {
  /** Token of a backend; in a browser the fetch API adds the user's own. */
  token?: string;
  /** Ends the call early. */
  signal?: AbortSignal;
}

/**
 * A page of a list.
 *
 * @public
 */
export interface Page<T> {
  items: T[];
  /** Of all pages. */
  totalItems: number;
}

/**
 * The provisioning plugin as the frontend and other backends see it.
 *
 * Every method throws a `ResponseError` of `@backstage/errors` when the backend
 * refuses, with a message for people.
 *
 * @public
 */
export interface ProvisioningApi {
  /** The caller and their accounts. A person who was never provisioned has neither. */
  getMe(options?: ProvisioningCallOptions): Promise<PersonStatus>;
  /** Prepares the caller's accounts, or joins what is under way. */
  prepareMe(
    request?: { services?: ServiceId[] },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun>;
  /** Prepares a person's accounts, or joins what is under way. */
  onboard(
    request: { userRef: string; services?: ServiceId[] },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun>;
  /** A person and their accounts. */
  getPerson(
    userRef: string,
    options?: ProvisioningCallOptions,
  ): Promise<PersonStatus>;
  /** What the defaults give to a person, and why; changes nothing. */
  getEntitlements(
    userRef: string,
    options?: ProvisioningCallOptions,
  ): Promise<EntitlementPlan>;
  /** The same for somebody by ref or subject, also as if they were elsewhere. */
  previewEntitlements(
    request: EntitlementPreviewRequest,
    options?: ProvisioningCallOptions,
  ): Promise<EntitlementPlan>;
  /** People and their accounts, by username. */
  getPersons(
    query?: {
      limit?: number;
      offset?: number;
      state?: PersonLifecycle['state'];
      /** Part of a name, username or e-mail address. */
      search?: string;
    },
    options?: ProvisioningCallOptions,
  ): Promise<Page<PersonEntry>>;
  /** Blocks a person's accounts and stops what costs money; deletes nothing. */
  suspend(
    request: { userRef: string; reason: string },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun>;
  /** Undoes a suspension. */
  restore(
    request: { userRef: string },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun>;
  /** Deletes a suspended person's accounts. */
  remove(
    request: { userRef: string; reason: string },
    options?: ProvisioningCallOptions,
  ): Promise<RequestedRun>;
  /** One run with its steps. */
  getRun(id: string, options?: ProvisioningCallOptions): Promise<Run>;
  /** What happened in a run, oldest first, up to 500 events after the given one. */
  getRunEvents(
    id: string,
    query?: { after?: string },
    options?: ProvisioningCallOptions,
  ): Promise<ProvisioningEvent[]>;
  /** Runs that the caller may see, newest first. */
  getRuns(
    query?: {
      limit?: number;
      offset?: number;
      state?: RunState;
      kind?: RunKind;
      userRef?: string;
      /** Those that wait for it, or failed there. */
      service?: ServiceId;
      /** Each person's latest run only. */
      latest?: boolean;
    },
    options?: ProvisioningCallOptions,
  ): Promise<Page<Run>>;
  /** Does again what did not succeed in a run that failed. */
  retryRun(id: string, options?: ProvisioningCallOptions): Promise<Run>;
  /** Lets a cancelled run go on with what is left to be done. */
  resumeRun(id: string, options?: ProvisioningCallOptions): Promise<Run>;
  /** Ends a run: what has not begun is not done any more. */
  cancelRun(id: string, options?: ProvisioningCallOptions): Promise<Run>;
  /** What the rollback of a run would remove. Changes nothing. */
  previewRollback(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<RollbackPreview>;
  /** Removes the accounts that a failed or cancelled run has made; answers the run that does so. */
  rollBackRun(id: string, options?: ProvisioningCallOptions): Promise<Run>;
  /** What webhooks sent, newest first. */
  getDeliveries(
    query?: {
      limit?: number;
      offset?: number;
      state?: WebhookDelivery['state'];
    },
    options?: ProvisioningCallOptions,
  ): Promise<Page<WebhookDelivery>>;
  /** Has a delivery that is done with worked on again. */
  redeliver(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<WebhookDelivery>;
  /** The services that are set up, by name and address; none is asked how it is. */
  getServiceInfos(options?: ProvisioningCallOptions): Promise<ServiceInfo[]>;
  /** Health of every service. */
  getServices(options?: ProvisioningCallOptions): Promise<ServiceStatus[]>;
  /** What would be done for many people; changes nothing. */
  previewBulk(
    source: BulkSource,
    request?: Pick<BulkRequest, 'operation'>,
    options?: ProvisioningCallOptions,
  ): Promise<BulkPreview>;
  /** Begins to do something for many people. */
  startBulk(
    source: BulkSource,
    request?: BulkRequest,
    options?: ProvisioningCallOptions,
  ): Promise<BulkJob>;
  /** What was asked for many people at once and the caller may ask for, newest first. */
  getBulkJobs(
    query?: { limit?: number; offset?: number },
    options?: ProvisioningCallOptions,
  ): Promise<Page<BulkJob>>;
  /** How far such a job is. */
  getBulk(id: string, options?: ProvisioningCallOptions): Promise<BulkJob>;
  /** Its lines, in the order of the file. */
  getBulkLines(
    id: string,
    query?: { state?: BulkLineState; limit?: number; offset?: number },
    options?: ProvisioningCallOptions,
  ): Promise<Page<BulkLine>>;
  /** What became of every line, as CSV. */
  getBulkReport(id: string, options?: ProvisioningCallOptions): Promise<Blob>;
  /** Events of everybody, newest first. */
  getEvents(
    query?: AuditFilter & { limit?: number; after?: string },
    options?: ProvisioningCallOptions,
  ): Promise<{ items: AuditEvent[]; next?: string }>;
  /** All events that the filter lets through, newest first. */
  exportEvents(
    query: AuditFilter & { format: 'csv' | 'jsonl' },
    options?: ProvisioningCallOptions,
  ): Promise<Blob>;
  /** Begins to compare the services with what should be. Changes nothing in them. */
  startReconciliation(
    options?: ProvisioningCallOptions,
  ): Promise<Reconciliation>;
  /** Reconciliations, newest first. */
  getReconciliations(
    query?: { limit?: number; offset?: number },
    options?: ProvisioningCallOptions,
  ): Promise<Page<Reconciliation>>;
  /** One reconciliation, with its counts so far. */
  getReconciliation(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<Reconciliation>;
  /** What a reconciliation found, by username. */
  getDrifts(
    id: string,
    query?: {
      limit?: number;
      offset?: number;
      kind?: DriftKind;
      service?: ServiceId;
    },
    options?: ProvisioningCallOptions,
  ): Promise<Page<Drift>>;
  /** Has drifts mended: the chosen ones, or all that can be. */
  applyReconciliation(
    id: string,
    request?: { driftIds?: string[] },
    options?: ProvisioningCallOptions,
  ): Promise<AppliedDrifts>;
  /** Ends a reconciliation that is under way; what it found so far stays. */
  cancelReconciliation(
    id: string,
    options?: ProvisioningCallOptions,
  ): Promise<Reconciliation>;
}
