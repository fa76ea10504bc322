import type {
  AccessOutcome,
  AccessReason,
} from '@formulary/plugin-access-common';
import { RbacSettings } from '../rbac/rbacSettings';
import { Criteria, RbacState } from '../rbac/rbacSchemas';
import { conditionWords } from './conditionWords';

/** A permission that a plugin has. */
export interface Permission {
  name: string;
  /** RBAC's word of it: `use` where the permission has none. */
  action: string;
  resourceType?: string;
}

/** What comes of a permission, and why. */
export interface Decision {
  outcome: AccessOutcome;
  reasons: AccessReason[];
  /** Which things it is for, when the outcome is conditional. */
  criteria: Criteria[];
}

/**
 * Decides as RBAC does for somebody who has some roles
 * (rbac-backend 8.1.3, `policies/permission-policy`, `handle`), and says why.
 * The suite of this plugin compares it with RBAC itself.
 */
export function decide(
  asked: Permission,
  roles: string[],
  state: RbacState,
  settings: RbacSettings,
): Decision {
  const linesOf = (subject: string | undefined) =>
    state.policies.filter(
      line =>
        roles.includes(line.entityReference) &&
        line.permission === subject &&
        line.policy === asked.action,
    );
  const named = linesOf(asked.name);
  // RBAC takes this one for a permission of a resource unless a role names it.
  const resourceType =
    asked.name === 'policy.entity.create' && named.length === 0
      ? 'policy-entity'
      : asked.resourceType;
  if (!resourceType) return byLines(named);

  const lines = named.length > 0 ? named : linesOf(resourceType);
  const conditional = byConditions({ ...asked, resourceType }, roles, state);
  if (settings.policiesFirst && lines.length > 0) return byLines(lines);
  return conditional ?? byLines(lines);
}

/** One line that allows is enough, one that denies outweighs them all. */
function byLines(lines: RbacState['policies']): Decision {
  const allowed =
    lines.some(({ effect }) => effect === 'allow') &&
    !lines.some(({ effect }) => effect === 'deny');
  return {
    outcome: allowed ? 'allow' : 'deny',
    reasons: lines.map(({ entityReference, permission, policy, effect }) => ({
      role: entityReference,
      effect: effect === 'allow' ? 'allow' : 'deny',
      line: ['p', entityReference, permission, policy, effect].join(', '),
    })),
    criteria: [],
  };
}

function byConditions(
  asked: Permission & { resourceType: string },
  roles: string[],
  { conditions, rules }: RbacState,
): Decision | undefined {
  const speaks = ({
    resourceType,
    permissionMapping,
  }: RbacState['conditions'][number]) =>
    resourceType === asked.resourceType &&
    permissionMapping.some(entry =>
      typeof entry === 'string'
        ? entry === asked.action
        : entry.action === asked.action && entry.name === asked.name,
    );
  const byRole = roles
    .map(role =>
      conditions.filter(each => each.roleEntityRef === role && speaks(each)),
    )
    .filter(found => found.length > 0);
  if (byRole.length === 0) return undefined;
  const reasons = byRole
    .flat()
    .map(({ roleEntityRef, resourceType, permissionMapping, ...rest }) => ({
      role: roleEntityRef,
      effect: 'conditional' as const,
      line: `${roleEntityRef}: ${resourceType} [${permissionMapping
        .map(entry => (typeof entry === 'string' ? entry : entry.name))
        .join(', ')}]`,
      condition: conditionWords(rest.conditions, rules),
    }));
  // RBAC refuses when one role has several conditions for the same permission.
  return byRole.some(found => found.length > 1)
    ? {
        outcome: 'deny',
        reasons: reasons.map(reason => ({ ...reason, effect: 'deny' })),
        criteria: [],
      }
    : {
        outcome: 'conditional',
        reasons,
        criteria: byRole.flat().map(each => each.conditions),
      };
}
