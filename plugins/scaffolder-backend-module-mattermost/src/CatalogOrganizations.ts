import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Knows the organisations of the portal.
 *
 * @public
 */
export interface OrganizationNames {
  /** Names of all organisations, in lower case. */
  names(): Promise<string[]>;
}

/** The organisations that the catalog has. */
export class CatalogOrganizations implements OrganizationNames {
  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
  ) {}

  async names(): Promise<string[]> {
    const { items } = await this.catalog.getEntities(
      {
        filter: { kind: 'Group', 'spec.type': 'organization' },
        fields: ['metadata.name'],
      },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    return items.map(({ metadata }) =>
      metadata.name.toLocaleLowerCase('en-US'),
    );
  }
}
