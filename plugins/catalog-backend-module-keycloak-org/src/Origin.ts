import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
} from '@backstage/catalog-model';
import {
  KEYCLOAK_ID_ANNOTATION,
  KEYCLOAK_REALM_ANNOTATION,
} from './annotations';

/** The realm that entities are from. */
export class Origin {
  constructor(
    private readonly baseUrl: string,
    private readonly realm: string,
  ) {}

  /** Annotations of an entity that say what it is in Keycloak, and where. */
  annotations(
    collection: 'users' | 'groups' | 'organizations',
    id: string,
  ): Record<string, string> {
    const location = `url:${this.baseUrl}/admin/realms/${encodeURIComponent(
      this.realm,
    )}/${collection}/${encodeURIComponent(id)}`;
    return {
      [KEYCLOAK_ID_ANNOTATION]: id,
      [KEYCLOAK_REALM_ANNOTATION]: this.realm,
      [ANNOTATION_LOCATION]: location,
      [ANNOTATION_ORIGIN_LOCATION]: location,
    };
  }
}
