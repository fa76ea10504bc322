import {
  Account,
  Person,
  RunKind,
  StepOutcome,
} from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ObservedAccount,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';

import { ServiceError } from '@formulary/service-client-node';

/** What came of a step: what was done, and the account as it is now. */
export interface StepResult {
  outcome: StepOutcome;
  account: ObservedAccount;
}

type StepWork = (
  connector: ServiceConnector,
  person: Person,
  call: ConnectorCallOptions,
  /** The account as it was last observed, if there was one. */
  known: Account | undefined,
) => Promise<StepResult>;

/** What a step does in its service, by the kind of its run. Each may be done again after it was cut off. */
export const STEP_WORK: Record<RunKind, StepWork> = {
  onboard: async (connector, person, call, known) => {
    const options = { ...call, externalId: known?.externalId };
    const result = await connector.ensure(person, options);
    const isKept =
      known?.state === 'removed' && result.account.state === 'suspended';
    if (!isKept) return result;
    // A service that deletes no accounts keeps those that the portal removed blocked.
    await connector.restore(person, options);
    const { account } = await connector.ensure(person, options);
    return { outcome: 'restored', account };
  },

  suspend: async (connector, person, call, known) => {
    const options = { ...call, externalId: known?.externalId };
    await connector.suspend(person, options);
    const account = await connector.find(person, options);
    return account
      ? { outcome: 'suspended', account: { ...account, state: 'suspended' } }
      : { outcome: 'unchanged', account: gone(connector) };
  },

  // What changed while the person was away is carried over with it.
  restore: async (connector, person, call, known) => {
    const options = { ...call, externalId: known?.externalId };
    await connector.restore(person, options);
    const { account } = await connector.ensure(person, options);
    return { outcome: 'restored', account };
  },

  remove: async (connector, person, call, known) => {
    const options = { ...call, externalId: known?.externalId };
    await connector.remove(person, options);
    return { outcome: 'removed', account: gone(connector) };
  },

  rollback: async (connector, person, call, known) => {
    const options = { ...call, externalId: known?.externalId };
    const account = await connector.find(person, options);
    const removed = {
      ...gone(connector),
      message: 'Removed again: the run that made it was rolled back',
    };
    if (!account) return { outcome: 'unchanged', account: removed };
    const obstacle =
      account.externalId === known?.externalId
        ? await connector.inUse?.(person, options)
        : `${connector.title} has another account of ${person.username} by now, which the run has not made`;
    if (obstacle) {
      throw new ServiceError(
        `${obstacle}. It is left as it is. Suspend the person instead, and remove the accounts when nobody misses them`,
        { kind: 'conflict', service: connector.title },
      );
    }
    await connector.remove(person, { ...options, onlyUnused: true });
    return { outcome: 'removed', account: removed };
  },
};

function gone({ service }: ServiceConnector): ObservedAccount {
  return { service, state: 'removed' };
}

/** What a run that ended says, by its kind. */
export const RUN_ENDED: Record<
  RunKind,
  Record<'succeeded' | 'failed', string>
> = {
  onboard: {
    succeeded: 'All accounts are ready',
    failed: 'Some accounts could not be prepared',
  },
  suspend: {
    succeeded: 'All accounts are suspended',
    failed: 'Some accounts could not be suspended',
  },
  restore: {
    succeeded: 'All accounts are back',
    failed: 'Some accounts could not be restored',
  },
  remove: {
    succeeded: 'All accounts are removed',
    failed: 'Some accounts could not be removed',
  },
  rollback: {
    succeeded: 'All accounts that the run had made are removed again',
    failed: 'Some accounts could not be removed again',
  },
};

/** What a step failed to do, by the kind of its run. */
export const STEP_VERB: Record<RunKind, string> = {
  onboard: 'prepared',
  suspend: 'suspended',
  restore: 'restored',
  remove: 'removed',
  rollback: 'removed again',
};
