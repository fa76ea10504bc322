import type { AccessReport } from '@formulary/plugin-access-common';
import { Directory } from '../people/Directory';
import { RbacReader } from '../rbac/RbacReader';
import { RbacSettings } from '../rbac/rbacSettings';
import { decide, Decision, Permission } from './decide';
import { FormulaFinder } from './FormulaFinder';
import { rolesOf } from './rolesOf';

const EVERYTHING: Decision = { outcome: 'allow', reasons: [], criteria: [] };
const NOTHING: Decision = { outcome: 'deny', reasons: [], criteria: [] };

/** Tells what somebody may do, and why. */
export class AccessReporter {
  constructor(
    private readonly options: {
      directory: Directory;
      rbac: RbacReader;
      settings: RbacSettings;
      formulas: FormulaFinder;
    },
  ) {}

  /**
   * @throws NotFoundError when the catalog does not know the person
   * @throws ForwardedError when the roles cannot be read
   */
  async report(userRef: string): Promise<AccessReport> {
    const { directory, rbac, settings, formulas } = this.options;
    const [person, state] = await Promise.all([
      directory.person(userRef),
      rbac.read(),
    ]);
    const roles = rolesOf(person, state.roles, settings);
    const isSuperUser = person.ownershipRefs.some(ref =>
      settings.superUsers.includes(ref),
    );
    const held = roles.map(({ ref }) => ref);
    const decided = (permission: Permission) => {
      // user-info-node refuses them before RBAC decides.
      if (person.isDisabled) return NOTHING;
      return isSuperUser
        ? EVERYTHING
        : decide(permission, held, state, settings);
    };
    const known = state.plugins.map(({ pluginId }) => pluginId);
    return {
      userRef: person.userRef,
      displayName: person.displayName,
      isSuperUser,
      isDisabled: person.isDisabled,
      groups: person.groups,
      roles,
      permissions: state.plugins
        .flatMap(({ pluginId, policies }) =>
          policies.map(({ name, policy, resourceType }) => {
            const { outcome, reasons } = decided({
              name,
              action: policy,
              resourceType,
            });
            return {
              plugin: pluginId,
              name,
              action: policy,
              resourceType,
              outcome,
              reasons,
            };
          }),
        )
        .sort(
          (one, other) =>
            one.plugin.localeCompare(other.plugin) ||
            one.name.localeCompare(other.name),
        ),
      formulas: await formulas.shownTo(
        decided({
          name: 'catalog.entity.read',
          action: 'read',
          resourceType: 'catalog-entity',
        }),
        person.ownershipRefs,
      ),
      unread: state.pluginIds.filter(id => !known.includes(id)),
    };
  }
}
