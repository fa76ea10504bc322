import { Entity } from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import { ORGANIZATION_ANNOTATION } from '@formulary/plugin-organization-sync-node';
import { awaitedKey } from './AwaitedOwners';
import { OrganizationFinder } from './OrganizationFinder';

/**
 * Stamps each entity with the organisation that it belongs to. One whose owner is
 * not in the catalog yet is processed again when the owner comes.
 */
export class OrganizationProcessor implements CatalogProcessor {
  constructor(
    private readonly finder: OrganizationFinder,
    private readonly awaited: { add(ref: string): void },
  ) {}

  getProcessorName(): string {
    return 'OrganizationProcessor';
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
    originLocation: LocationSpec,
  ): Promise<Entity> {
    const { organization, missing } = await this.finder.find(
      entity,
      location,
      originLocation,
    );
    if (missing) {
      emit(processingResult.refresh(awaitedKey(missing)));
      this.awaited.add(missing);
    }
    const { [ORGANIZATION_ANNOTATION]: _stated, ...annotations } =
      entity.metadata.annotations ?? {};
    return {
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: organization
          ? { ...annotations, [ORGANIZATION_ANNOTATION]: organization }
          : annotations,
      },
    };
  }
}
