import {
  Person,
  RunKind,
  StepOutcome,
} from '@formulary/plugin-provisioning-common';
import {
  ConnectorCallOptions,
  ObservedAccount,
  ServiceConnector,
} from '@formulary/plugin-provisioning-node';

/** What came of a step: what was done, and the account as it is now. */
export interface StepResult {
  outcome: StepOutcome;
  account: ObservedAccount;
}

type StepWork = (
  connector: ServiceConnector,
  person: Person,
  options: ConnectorCallOptions,
) => Promise<StepResult>;

/** What a step does in its service, by the kind of its run. Each may be done again after it was cut off. */
export const STEP_WORK: Record<RunKind, StepWork> = {
  onboard: (connector, person, options) => connector.ensure(person, options),

  suspend: async (connector, person, options) => {
    await connector.suspend(person, options);
    const account = await connector.find(person, options);
    return account
      ? { outcome: 'suspended', account: { ...account, state: 'suspended' } }
      : { outcome: 'unchanged', account: gone(connector) };
  },

  // What changed while the person was away is carried over with it.
  restore: async (connector, person, options) => {
    await connector.restore(person, options);
    const { account } = await connector.ensure(person, options);
    return { outcome: 'restored', account };
  },

  remove: async (connector, person, options) => {
    await connector.remove(person, options);
    return { outcome: 'removed', account: gone(connector) };
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
};

/** What a step failed to do, by the kind of its run. */
export const STEP_VERB: Record<RunKind, string> = {
  onboard: 'prepared',
  suspend: 'suspended',
  restore: 'restored',
  remove: 'removed',
};
