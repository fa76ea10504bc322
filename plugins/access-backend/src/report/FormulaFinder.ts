import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ForwardedError, ResponseError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import type { AccessFormula } from '@formulary/plugin-access-common';
import {
  ORGANIZATION_ANNOTATION,
  SHARED,
} from '@formulary/plugin-organization-sync-node';
import { z } from 'zod';
import { Criteria } from '../rbac/rbacSchemas';
import { Decision } from './decide';
import { withoutAliases } from './withoutAliases';

const PAGE = 200;

const verdictsSchema = z.object({
  items: z.array(z.object({ id: z.string(), result: z.string() })),
});

/** Finds out which formulas and templates somebody is shown, by the catalog's own rules. */
export class FormulaFinder {
  constructor(
    private readonly catalog: CatalogService,
    private readonly discovery: DiscoveryService,
    private readonly auth: AuthService,
  ) {}

  /**
   * @param reading - what came of `catalog.entity.read` for the person
   * @param ownershipRefs - of the person and their groups
   */
  async shownTo(
    reading: Decision,
    ownershipRefs: string[],
  ): Promise<AccessFormula[]> {
    if (reading.outcome === 'deny') return [];
    const shown: AccessFormula[] = [];
    const credentials = await this.auth.getOwnServiceCredentials();
    let cursor: string | undefined;
    do {
      const page = await this.catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE }
          : {
              filter: { kind: ['formula', 'template'] },
              fields: ['kind', 'metadata'],
              limit: PAGE,
            },
        { credentials },
      );
      const entities =
        reading.outcome === 'allow'
          ? page.items
          : await this.admitted(
              page.items,
              reading.criteria.map(each => withoutAliases(each, ownershipRefs)),
            );
      shown.push(...entities.map(describe));
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    return shown.sort((one, other) => one.title.localeCompare(other.title));
  }

  /** Asks the catalog which of some entities fit a condition (permission-node, createPermissionIntegrationRouter). */
  private async admitted(
    entities: Entity[],
    criteria: Criteria[],
  ): Promise<Entity[]> {
    if (entities.length === 0) return [];
    const { token } = await this.auth.getPluginRequestToken({
      onBehalfOf: await this.auth.getOwnServiceCredentials(),
      targetPluginId: 'catalog',
    });
    const baseUrl = await this.discovery.getBaseUrl('catalog');
    try {
      const response = await fetch(
        `${baseUrl}/.well-known/backstage/permissions/apply-conditions`,
        {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify({
            items: entities.map(entity => ({
              id: stringifyEntityRef(entity),
              resourceRef: stringifyEntityRef(entity),
              resourceType: 'catalog-entity',
              conditions: { anyOf: criteria },
            })),
          }),
        },
      );
      if (!response.ok) throw await ResponseError.fromResponse(response);
      const { items } = verdictsSchema.parse(await response.json());
      const allowed = new Set(
        items.filter(({ result }) => result === 'ALLOW').map(({ id }) => id),
      );
      return entities.filter(entity => allowed.has(stringifyEntityRef(entity)));
    } catch (error) {
      throw new ForwardedError(
        'The catalog did not say which formulas are shown',
        error,
      );
    }
  }
}

function describe(entity: Entity): AccessFormula {
  const { metadata, kind } = entity;
  const organisation = metadata.annotations?.[ORGANIZATION_ANNOTATION];
  return {
    ref: stringifyEntityRef(entity),
    kind:
      kind.toLocaleLowerCase('en-US') === 'formula' ? 'formula' : 'template',
    title: metadata.title ?? metadata.name,
    organisation: organisation === SHARED ? undefined : organisation,
    isShared: organisation === SHARED,
  };
}
