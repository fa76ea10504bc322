import {
  PersonStatus,
  ProvisioningEvent,
  RequestedRun,
  Run,
  RunState,
} from './runs';
import { Person, ServiceId, ServiceStatus } from './types';

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
  /** People, by name. */
  getPersons(
    query?: { limit?: number; offset?: number },
    options?: ProvisioningCallOptions,
  ): Promise<Page<Person>>;
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
      userRef?: string;
    },
    options?: ProvisioningCallOptions,
  ): Promise<Page<Run>>;
  /** Tries the failed steps of a run again. */
  retryRun(id: string, options?: ProvisioningCallOptions): Promise<Run>;
  /** Health of every service. */
  getServices(options?: ProvisioningCallOptions): Promise<ServiceStatus[]>;
}
