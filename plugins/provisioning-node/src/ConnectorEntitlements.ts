import { Entitlement, Person } from '@formulary/plugin-provisioning-common';
import { z } from 'zod';
import { ConnectorCallOptions, ObservedAccount } from './ServiceConnector';

/**
 * A person's account that something is given to.
 *
 * @public
 */
export interface EntitledAccount {
  person: Person;
  account: ObservedAccount;
}

/**
 * What there is of an entitlement in the service.
 *
 * @public
 */
export interface ObservedEntitlement {
  there: boolean;
  /** How much of it, where there is more and less. */
  level?: string;
}

/**
 * What a service can give besides accounts, and how a rule of
 * `provisioning.defaults` says so.
 *
 * Every method may be called again after it failed or was cut off in the
 * middle, and then ends in the same state. Failures are thrown as
 * `ServiceError`.
 *
 * @public
 */
export interface ConnectorEntitlements {
  /**
   * Checks what a rule has under the service's id and answers what it gives, in
   * the order in which it is given; it is taken back in the opposite order.
   */
  readonly schema: z.ZodType<Entitlement[]>;
  /** Names of the levels, the weakest first. Left out where there are none. */
  readonly levels?: string[];
  /** Whether the account has it already. Changes nothing. */
  look(
    to: EntitledAccount,
    entitlement: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<ObservedEntitlement>;
  /** Gives it at its level; fine when it is there. */
  give(
    to: EntitledAccount,
    entitlement: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<void>;
  /** Takes it back; fine when it is not there, nor what it belongs to. Left out when everything is given once. */
  take?(
    from: EntitledAccount,
    entitlement: Entitlement,
    options?: ConnectorCallOptions,
  ): Promise<void>;
}
