import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { EntitiesSearchFilter } from '@backstage/plugin-catalog-node';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { createPermissionRule } from '@backstage/plugin-permission-node';
// The permission framework takes schemas of zod 3 (plugin-permission-node's types).
import { z } from 'zod/v3';
import {
  ORGANIZATION_ANNOTATION,
  SHARED,
} from '@formulary/plugin-organization-sync-node';

const lowerCase = (ref: string) => ref.toLocaleLowerCase('en-US');

/** The entry of a person themselves, which may not have an organisation yet. */
function isItself(userRef: string): PermissionCriteria<EntitiesSearchFilter> {
  const { kind, namespace, name } = parseEntityRef(userRef);
  return {
    allOf: [
      { key: 'kind', values: [kind] },
      { key: 'metadata.namespace', values: [namespace] },
      { key: 'metadata.name', values: [name] },
    ],
  };
}

/**
 * Whether an entity is of one of the organisations among the claims, is shared,
 * or is the user among the claims.
 */
export const isOfOrganization = createPermissionRule({
  name: 'IS_OF_ORGANIZATION',
  description:
    'Allow entities of the organisations among the claims, shared ones, and the claiming user',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Refs of the user and of the groups that they belong to'),
  }),
  apply: (entity: Entity, { claims }) => {
    const held = claims.map(lowerCase);
    const organization = entity.metadata.annotations?.[ORGANIZATION_ANNOTATION];
    if (organization !== undefined) {
      const ref = lowerCase(organization);
      if (ref === SHARED || held.includes(ref)) return true;
    }
    return (
      lowerCase(entity.kind) === 'user' &&
      held.includes(stringifyEntityRef(entity))
    );
  },
  toQuery: ({ claims }) => {
    const users = claims.map(lowerCase).filter(ref => ref.startsWith('user:'));
    return {
      anyOf: [
        {
          key: `metadata.annotations.${ORGANIZATION_ANNOTATION}`,
          values: [...claims.map(lowerCase), SHARED],
        },
        ...users.map(isItself),
      ],
    };
  },
});
