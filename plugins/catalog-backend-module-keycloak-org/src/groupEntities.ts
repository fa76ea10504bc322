import { GroupEntity } from '@backstage/catalog-model';
import {
  entityName,
  groupNames,
  markedName,
  sameName,
} from '@formulary/plugin-organization-sync-node';
import {
  KEYCLOAK_GROUP_ID_ANNOTATION,
  KEYCLOAK_ORGANIZATION_ANNOTATION,
  KEYCLOAK_PATH_ANNOTATION,
} from './annotations';
import { GroupTree, TreeGroup } from './GroupTree';
import { Origin } from './Origin';
import { aliasOf } from './representations';

/**
 * The groups and organisations of a realm as entities, parents before children.
 *
 * An organisation and the top-level group with its alias are one entity, of the
 * type `organization`: the group's members belong to the organisation only when
 * Keycloak says so of the organisation itself.
 */
export function groupEntities(tree: GroupTree, origin: Origin): GroupEntity[] {
  const topGroups = new Map(
    tree.groups
      .filter(({ parentId }) => parentId === undefined)
      .map(group => [sameName(group.name), group]),
  );
  const merged = new Map<string, string>();
  const entities: GroupEntity[] = [];
  const taken = new Set<string>();
  for (const organization of tree.organizations) {
    const alias = aliasOf(organization);
    const plain = entityName(alias, organization.id);
    const name = taken.has(sameName(plain))
      ? markedName(plain, organization.id)
      : plain;
    taken.add(sameName(name));
    const group = topGroups.get(sameName(alias));
    if (group) merged.set(group.id, name);
    entities.push({
      apiVersion: 'backstage.io/v1beta1',
      kind: 'Group',
      metadata: {
        name,
        annotations: {
          ...origin.annotations('organizations', organization.id),
          [KEYCLOAK_ORGANIZATION_ANNOTATION]: alias,
          ...(group && {
            [KEYCLOAK_GROUP_ID_ANNOTATION]: group.id,
            [KEYCLOAK_PATH_ANNOTATION]: group.path,
          }),
        },
      },
      spec: {
        type: 'organization',
        profile: { displayName: organization.name },
        children: [],
      },
    });
  }

  const rest = tree.groups.filter(({ id }) => !merged.has(id));
  const names = new Map([...merged, ...groupNames(rest, taken)]);
  const aliases = aliasesOf(tree, topGroups);
  return [
    ...entities,
    ...rest.map((group): GroupEntity => {
      const alias = aliases.get(topOf(group));
      return {
        apiVersion: 'backstage.io/v1beta1',
        kind: 'Group',
        metadata: {
          name: names.get(group.id)!,
          annotations: {
            ...origin.annotations('groups', group.id),
            [KEYCLOAK_PATH_ANNOTATION]: group.path,
            ...(alias && { [KEYCLOAK_ORGANIZATION_ANNOTATION]: alias }),
          },
        },
        spec: {
          type: 'group',
          profile: { displayName: group.name },
          ...(group.parentId && { parent: names.get(group.parentId) }),
          // The parents say it already.
          children: [],
        },
      };
    }),
  ];
}

function topOf({ path }: TreeGroup): string {
  return sameName(path.split('/')[1] ?? '');
}

/** Aliases of organisations by the names of their top-level groups. */
function aliasesOf(
  tree: GroupTree,
  topGroups: Map<string, TreeGroup>,
): Map<string, string> {
  return new Map(
    tree.organizations
      .map(aliasOf)
      .filter(alias => topGroups.has(sameName(alias)))
      .map(alias => [sameName(alias), alias]),
  );
}
