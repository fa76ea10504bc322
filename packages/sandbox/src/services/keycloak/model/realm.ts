import { randomUUID } from 'node:crypto';
import { Collection, Store } from '../../../core/store';
import { Groups } from './groups';
import { Organizations } from './organizations';
import { GroupRow, OrganizationRow, RoleRow, UserRow } from './rows';
import { stableId } from './stable-id';
import { Users } from './users';

/** Everything that the realm knows about people. */
export class Realm {
  readonly id: string;
  readonly users: Users;
  readonly groups: Groups;
  readonly organizations: Organizations;
  readonly roles: Collection<RoleRow>;

  constructor(store: Store, readonly name: string) {
    this.id = stableId(`realm ${name}`);
    this.users = new Users(store);
    this.groups = new Groups(store);
    this.organizations = new Organizations(store);
    this.roles = store.collection<RoleRow>('roles', {
      name: role => role.name,
    });
  }

  /** The role of a name, made when missing. */
  ensureRole(name: string, description: string): RoleRow {
    return (
      this.roles.find('name', name) ??
      this.roles.put({ id: randomUUID(), name, description })
    );
  }

  /** The groups of a user, by path. */
  groupsOf(user: UserRow): GroupRow[] {
    return known(user.groups.map(id => this.groups.get(id)));
  }

  /** The organisations of a user. */
  organizationsOf(user: UserRow): OrganizationRow[] {
    return known(user.organizations.map(id => this.organizations.get(id)));
  }

  /** Puts a user into a group; false when they are in it already. */
  joinGroup(user: UserRow, groupId: string): boolean {
    if (user.groups.includes(groupId)) return false;
    this.users.save({ ...user, groups: [...user.groups, groupId] });
    return true;
  }

  /** Takes a user out of a group; false when they are not in it. */
  leaveGroup(user: UserRow, groupId: string): boolean {
    if (!user.groups.includes(groupId)) return false;
    this.users.save({
      ...user,
      groups: user.groups.filter(id => id !== groupId),
    });
    return true;
  }

  /** Makes a user a member of an organisation; false when they are one already. */
  joinOrganization(user: UserRow, organizationId: string): boolean {
    if (user.organizations.includes(organizationId)) return false;
    this.users.save({
      ...user,
      organizations: [...user.organizations, organizationId],
    });
    return true;
  }

  /** Ends a membership; false when there is none. */
  leaveOrganization(user: UserRow, organizationId: string): boolean {
    if (!user.organizations.includes(organizationId)) return false;
    this.users.save({
      ...user,
      organizations: user.organizations.filter(id => id !== organizationId),
    });
    return true;
  }

  /** Removes a group with all below it and every membership. */
  deleteGroup(group: GroupRow): void {
    for (const { id } of this.groups.subtree(group)) {
      for (const user of this.users.inGroup(id)) this.leaveGroup(user, id);
      this.groups.delete(id);
    }
  }

  /** Removes an organisation and every membership. */
  deleteOrganization(organization: OrganizationRow): void {
    for (const user of this.users.inOrganization(organization.id)) {
      this.leaveOrganization(user, organization.id);
    }
    this.organizations.delete(organization.id);
  }
}

function known<T>(rows: Array<T | undefined>): T[] {
  return rows.filter(row => row !== undefined);
}
