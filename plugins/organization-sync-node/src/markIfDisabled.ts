import { Entity, GroupEntity, UserEntity } from '@backstage/catalog-model';
import { NamedUser } from './OrganizationSource';

/**
 * Annotation of a user whom the identity provider has disabled. `user-info-node`
 * gives them no rights, whatever their last sign-in claimed.
 *
 * @public
 */
export const DISABLED_ANNOTATION = 'formulary.dev/disabled';

/** Annotation by which `catalog-backend-module-organization` knows the organisation of a person. */
const ORGANIZATION_ANNOTATION = 'formulary.dev/organization';

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
