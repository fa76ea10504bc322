import type {
  AccessGroup,
  AccessReport,
  AccessRole,
} from '@formulary/plugin-access-common';
import { Directory, Person } from '../people/Directory';
import { RbacReader } from '../rbac/RbacReader';
import { RbacSettings } from '../rbac/rbacSettings';
import { RbacState } from '../rbac/rbacSchemas';
import { decide, Decision, Permission } from './decide';
import { FormulaFinder } from './FormulaFinder';

const EVERYTHING: Decision = { outcome: 'allow', reasons: [], criteria: [] };

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
    const roles = rolesOf(person, state);
    const isSuperUser = person.ownershipRefs.some(ref =>
      settings.superUsers.includes(ref),
    );
    const held = roles.map(({ ref }) => ref);
    const decided = (permission: Permission) =>
      isSuperUser ? EVERYTHING : decide(permission, held, state, settings);
    const known = state.plugins.map(({ pluginId }) => pluginId);
    return {
      userRef: person.userRef,
      displayName: person.displayName,
      isSuperUser,
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

function rolesOf(person: Person, { roles }: RbacState): AccessRole[] {
  const groups = new Map<string, AccessGroup>(
    person.groups.map(group => [group.ref, group]),
  );
  return roles.flatMap(({ name, memberReferences, metadata }) => {
    const members = memberReferences.flatMap(ref => {
      if (ref === person.userRef) return [{ ref, path: [] }];
      const group = groups.get(ref);
      return group ? [{ ref, path: group.path }] : [];
    });
    // RBAC lists the role that everybody has without members.
    return members.length > 0 || memberReferences.length === 0
      ? [{ ref: name, members, source: metadata?.source ?? 'rest' }]
      : [];
  });
}
