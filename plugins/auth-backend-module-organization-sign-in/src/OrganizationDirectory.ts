import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { IdentityClaims } from './claims';

/** Knows the organisations that claims name by id. */
export interface OrganizationDirectory {
  /** Names in the catalog, of those that it has. */
  namesOf(ids: string[]): Promise<string[]>;
}

/** The organisations that an organisation sync has brought into the catalog. */
export class CatalogOrganizations implements OrganizationDirectory {
  constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
    /** Annotation that holds the identity provider's id. */
    private readonly idAnnotation: string,
  ) {}

  async namesOf(ids: string[]): Promise<string[]> {
    const { items } = await this.catalog.getEntities(
      {
        filter: {
          kind: 'Group',
          'spec.type': 'organization',
          [`metadata.annotations.${this.idAnnotation}`]: ids,
        },
        fields: ['metadata.name'],
      },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    return items.map(({ metadata }) => metadata.name);
  }
}

/**
 * Adds the names of organisations that the claims have by id. A name in the
 * claims would not do: Logto lets organisations share one.
 */
export async function withOrganizationNames(
  claims: IdentityClaims,
  directory: OrganizationDirectory,
): Promise<IdentityClaims> {
  if (claims.organizationIds.length === 0) return claims;
  const names = await directory.namesOf(claims.organizationIds);
  return {
    ...claims,
    organizations: [...new Set([...claims.organizations, ...names])],
  };
}
