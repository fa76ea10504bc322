import type {
  Account,
  PersonStatus,
  ServiceInfo,
} from '@formulary/plugin-provisioning-common';

/** What a card says of one tool. */
export interface Tool {
  service: ServiceInfo;
  account?: Account;
  state: 'ready' | 'preparing' | 'failed' | 'absent' | 'suspended' | 'removed';
  /** Why, for people. */
  message?: string;
}

/** The tools of a person, one for each service that the portal has. */
export function toolsOf({ services, accounts, run }: PersonStatus): Tool[] {
  return services.map(service => {
    const account = accounts.find(each => each.service === service.service);
    const step = run?.steps.find(each => each.service === service.service);
    const open =
      run?.state === 'running' &&
      step !== undefined &&
      !['succeeded', 'failed'].includes(step.state);
    return {
      service,
      account,
      state: stateOf(account, open),
      message: (open ? step.message : undefined) ?? account?.message,
    };
  });
}

function stateOf(account: Account | undefined, open: boolean): Tool['state'] {
  switch (account?.state) {
    case 'active':
      return 'ready';
    case 'suspended':
    case 'removed':
      return account.state;
    case 'failed':
      return open ? 'preparing' : 'failed';
    case 'pending':
      return 'preparing';
    default:
      return open ? 'preparing' : 'absent';
  }
}
