import { Entity } from '@backstage/catalog-model';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';

/** Gives the catalog what one provider has, by small changes only. */
export class CatalogFeed {
  constructor(
    private readonly connection: EntityProviderConnection,
    private readonly locationKey: string,
  ) {}

  /**
   * @param added - what is new or may have changed; the catalog skips what it has already
   * @param removed - refs
   */
  async apply(added: Entity[], removed: string[] = []): Promise<void> {
    if (added.length + removed.length === 0) return;
    const { locationKey } = this;
    await this.connection.applyMutation({
      type: 'delta',
      added: added.map(entity => ({ entity, locationKey })),
      removed: removed.map(entityRef => ({ entityRef, locationKey })),
    });
  }
}
