import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import { OrganizationFinder, ownerOf } from './OrganizationFinder';

/**
 * Keeps what somebody registered in their own organisation. Who owns an entity
 * sees it among their own things, so a catalog file that names the team of
 * another organisation would write into that organisation's catalog.
 */
export class OwnerBoundary implements CatalogProcessor {
  constructor(
    private readonly locations: {
      /** Refs of those who registered a location; undefined when no person did. */
      refsOf(target: string): Promise<ReadonlySet<string> | undefined>;
    },
    private readonly finder: Pick<OrganizationFinder, 'ofOwner'>,
  ) {}

  getProcessorName(): string {
    return 'OwnerBoundary';
  }

  /** @throws InputError when the owner is of no organisation of those who registered the entity */
  async preProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    _emit: CatalogProcessorEmit,
    origin: LocationSpec,
  ): Promise<Entity> {
    if (origin.type !== 'url') return entity;
    const registrants = await this.locations.refsOf(origin.target);
    const owner = ownerOf(entity);
    if (!registrants || !owner || registrants.has(owner)) return entity;
    const { organization } = await this.finder.ofOwner(entity);
    if (!organization || !registrants.has(organization)) {
      // One answer for both, so that nobody learns who is in another organisation.
      throw new InputError(
        `There is no owner ${owner} in the organisation of whoever registered this`,
      );
    }
    return entity;
  }
}
