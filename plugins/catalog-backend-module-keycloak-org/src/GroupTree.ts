import { inParallel } from '@formulary/plugin-organization-sync-node';
import { KeycloakRealm } from './KeycloakRealm';
import { KeycloakGroup, KeycloakOrganization } from './representations';

/** A group with the group above it. */
export interface TreeGroup extends KeycloakGroup {
  parentId?: string;
}

/** The groups of a realm, parents before children. */
export async function readGroups(
  realm: KeycloakRealm,
  concurrency: number,
): Promise<TreeGroup[]> {
  const groups: TreeGroup[] = await realm.topGroups();
  let level = groups.filter(hasChildren);
  while (level.length > 0) {
    const found = new Map<string, TreeGroup[]>();
    await inParallel(level, concurrency, async parent => {
      const children = await realm.subGroups(parent);
      found.set(
        parent.id,
        children.map(child => ({ ...child, parentId: parent.id })),
      );
    });
    const children = level.flatMap(({ id }) => found.get(id) ?? []);
    groups.push(...children);
    level = children.filter(hasChildren);
  }
  return groups;
}

/** A server that does not count them is asked. */
function hasChildren({ subGroupCount }: KeycloakGroup): boolean {
  return subGroupCount !== 0;
}

/** Groups and organisations, which are both groups in the catalog. */
export interface GroupTree {
  groups: TreeGroup[];
  organizations: KeycloakOrganization[];
}
