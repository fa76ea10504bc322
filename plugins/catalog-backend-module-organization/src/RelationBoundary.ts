import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  ORGANIZATION_ANNOTATION,
  SHARED,
} from '@formulary/plugin-organization-sync-node';
import { awaitedKey } from './AwaitedOwners';
import { EntityDirectory, ownerOf } from './OrganizationFinder';

/**
 * Fields of a spec that lead to relations, and the kind that each means when a
 * ref has none (catalog-backend, `BuiltinKindsEntityProcessor`).
 */
const REFERENCES: Record<string, string | undefined> = {
  consumesApis: 'API',
  dependencyOf: undefined,
  dependsOn: undefined,
  domain: 'Domain',
  providesApis: 'API',
  subcomponentOf: 'Component',
  subdomainOf: 'Domain',
  system: 'System',
};

/**
 * Keeps relations of what somebody registered to what they may see: a relation
 * stands on the pages of both entities, so one could write onto a page of
 * another organisation. The others are left out, alike whether there is such an
 * entity or not.
 */
export class RelationBoundary implements CatalogProcessor {
  constructor(
    private readonly locations: {
      /** Refs of those who registered a location; undefined when no person did. */
      refsOf(target: string): Promise<ReadonlySet<string> | undefined>;
    },
    private readonly directory: EntityDirectory,
    private readonly awaited: { add(ref: string): void },
  ) {}

  getProcessorName(): string {
    return 'RelationBoundary';
  }

  /** @throws Error when something that stands for a ref is none */
  async preProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    origin: LocationSpec,
  ): Promise<Entity> {
    const fields = Object.keys(entity.spec ?? {}).filter(
      field => field in REFERENCES,
    );
    if (origin.type !== 'url' || fields.length === 0) return entity;
    const registrants = await this.locations.refsOf(origin.target);
    if (!registrants) return entity;

    const isSeen = async (ref: string) => {
      const found = await this.directory.find(ref);
      if (!found) {
        emit(processingResult.refresh(awaitedKey(ref)));
        this.awaited.add(ref);
        return false;
      }
      const organization =
        found.metadata.annotations?.[ORGANIZATION_ANNOTATION];
      const owner = ownerOf(found);
      return (
        organization === SHARED ||
        (organization !== undefined && registrants.has(organization)) ||
        (owner !== undefined && registrants.has(owner))
      );
    };
    const spec = { ...entity.spec };
    for (const field of fields) {
      const kept = [];
      for (const value of [spec[field] ?? []].flat()) {
        const ref = refOf(value, field, entity);
        // What is no text at all, the entity's schema refuses.
        if (ref === undefined || (await isSeen(ref))) kept.push(value);
      }
      if (Array.isArray(spec[field])) spec[field] = kept;
      else if (kept.length === 0) delete spec[field];
    }
    return { ...entity, spec };
  }
}

function refOf(
  value: unknown,
  field: string,
  { metadata }: Entity,
): string | undefined {
  if (typeof value !== 'string') return undefined;
  return stringifyEntityRef(
    parseEntityRef(value, {
      defaultKind: REFERENCES[field],
      defaultNamespace: metadata.namespace ?? 'default',
    }),
  );
}
