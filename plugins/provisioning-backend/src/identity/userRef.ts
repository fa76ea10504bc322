import { stringifyEntityRef } from '@backstage/catalog-model';

/**
 * The ref that the catalog gives to a user of Keycloak: the username with what
 * an entity's name may not hold replaced (`names.ts` of
 * plugins/catalog-backend-module-keycloak-org).
 */
export function userRefOf(username: string): string {
  return stringifyEntityRef({
    kind: 'User',
    namespace: 'default',
    name: username.replace(/[^a-zA-Z0-9\-_.]/g, '-'),
  });
}
