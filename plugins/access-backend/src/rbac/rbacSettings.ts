import { RootConfigService } from '@backstage/backend-plugin-api';

/** What of RBAC's settings changes its decisions. */
export interface RbacSettings {
  /** Whether lines of the policies go before conditions (`policyDecisionPrecedence: basic`). */
  policiesFirst: boolean;
  /** Refs of who may do everything. */
  superUsers: string[];
}

/** Reads `permission.rbac`, with the defaults of RBAC's README. */
export function readRbacSettings(config: RootConfigService): RbacSettings {
  const rbac = config.getOptionalConfig('permission.rbac');
  return {
    policiesFirst:
      rbac?.getOptionalString('policyDecisionPrecedence') === 'basic',
    superUsers: (rbac?.getOptionalConfigArray('admin.superUsers') ?? []).map(
      user => user.getString('name'),
    ),
  };
}
