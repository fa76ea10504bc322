import { Entity, GroupEntity, UserEntity } from '@backstage/catalog-model';
import { DISABLED_ANNOTATION, ORGANIZATION_ANNOTATION } from './annotations';
import { NamedUser } from './OrganizationSource';

/** More groups above a group are no organisation, but a circle. */
const MOST_LEVELS = 20;

/**
 * A person as the catalog is to have them. Who is disabled stays there, so that
 * what they own keeps its owner and its organisation, but belongs to nothing and
 * has no role.
 *
 * @param groups - the groups and organisations that they may belong to
 */
export function markIfDisabled(
  user: NamedUser,
  person: UserEntity,
  groups: Entity[],
  { rolesAnnotation }: { rolesAnnotation: string },
): UserEntity {
  if (user.enabled) return person;
  const { [rolesAnnotation]: _roles, ...annotations } =
    person.metadata.annotations ?? {};
  const organization = organizationOf(person, groups);
  return {
    ...person,
    metadata: {
      ...person.metadata,
      annotations: {
        ...annotations,
        [DISABLED_ANNOTATION]: 'true',
        ...(organization && { [ORGANIZATION_ANNOTATION]: organization }),
      },
    },
    spec: { ...person.spec, memberOf: [] },
  };
}

/** Name of the topmost group above a person's first one, which their memberships would have said. */
function organizationOf(
  { spec }: UserEntity,
  groups: Entity[],
): string | undefined {
  const parents = new Map(
    groups.map(group => [
      group.metadata.name,
      (group as GroupEntity).spec.parent,
    ]),
  );
  let name = spec.memberOf?.[0];
  for (let level = 0; name && level < MOST_LEVELS; level += 1) {
    const parent = parents.get(name);
    if (!parent) return name;
    name = parent;
  }
  return undefined;
}
