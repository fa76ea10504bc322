import { randomUUID } from 'node:crypto';
import { Collection, Store } from '../../../core/store';
import { GroupRow } from './rows';

/** The groups of the realm, a forest. */
export class Groups {
  private readonly rows: Collection<GroupRow>;

  constructor(store: Store) {
    this.rows = store.collection<GroupRow>('groups', {
      place: group => place(group.name, group.parentId),
    });
  }

  get(id: string): GroupRow | undefined {
    return this.rows.get(id);
  }

  all(): GroupRow[] {
    return byName(this.rows.all());
  }

  /** The groups right below one, or the top-level ones. */
  children(parentId?: string): GroupRow[] {
    return byName(this.rows.filter(group => group.parentId === parentId));
  }

  /** A group and everything below it. */
  subtree(group: GroupRow): GroupRow[] {
    return [
      group,
      ...this.children(group.id).flatMap(child => this.subtree(child)),
    ];
  }

  /** Full path, such as `/acme/acme-developers`. */
  path(group: GroupRow): string {
    const parent = group.parentId && this.rows.get(group.parentId);
    return `${parent ? this.path(parent) : ''}/${group.name}`;
  }

  byPath(path: string): GroupRow | undefined {
    let group: GroupRow | undefined;
    for (const name of path.split('/').filter(Boolean)) {
      group = this.rows.find('place', place(name, group?.id));
      if (!group) return undefined;
    }
    return group;
  }

  /** @throws UniqueViolation when there is a sibling of that name */
  create(
    name: string,
    parentId?: string,
    attributes: GroupRow['attributes'] = {},
  ): GroupRow {
    return this.save({ id: randomUUID(), name, parentId, attributes });
  }

  /** @throws UniqueViolation when there is a sibling of that name */
  save(group: GroupRow): GroupRow {
    return this.rows.put(group);
  }

  /** The group of a path, made with its parents when missing. */
  ensure(path: string): GroupRow {
    let group: GroupRow | undefined;
    for (const name of path.split('/').filter(Boolean)) {
      group =
        this.rows.find('place', place(name, group?.id)) ??
        this.create(name, group?.id);
    }
    if (!group) throw new Error(`"${path}" is no path of a group`);
    return group;
  }

  delete(id: string): void {
    this.rows.delete(id);
  }
}

function place(name: string, parentId = '') {
  return `${parentId}/${name}`;
}

/** Keycloak lists groups by name. */
function byName(groups: GroupRow[]) {
  return groups.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
