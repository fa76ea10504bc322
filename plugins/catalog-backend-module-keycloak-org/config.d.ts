// Spelt out: whatever is imported here is read, with all that it imports, at every start of a backend.
type Duration =
  | string
  | {
      years?: number;
      months?: number;
      weeks?: number;
      days?: number;
      hours?: number;
      minutes?: number;
      seconds?: number;
      milliseconds?: number;
    };

type Schedule = {
  frequency: { cron: string } | { trigger: 'manual' } | Duration;
  timeout: Duration;
  initialDelay?: Duration;
  scope?: 'global' | 'local';
};

export interface Config {
  catalog?: {
    providers?: {
      /** Realms of Keycloak whose people and groups come into the catalog, by a name of yours. */
      keycloakOrg?: {
        [name: string]: {
          /** Address of Keycloak, without `/realms`. */
          baseUrl: string;

          /** Name of the realm that is read. */
          realm: string;

          /** Realm of the client that reads. Default: `realm`. */
          loginRealm?: string;

          /**
           * A client with a service account that has the roles `view-users`,
           * `query-users`, `query-groups` and `view-realm` of `realm-management`.
           */
          clientId: string;

          /** @visibility secret */
          clientSecret: string;

          /** When the whole realm is read. Default: every 5 minutes, for 15 minutes at most. */
          schedule?: Schedule;

          /** Entries of a page, 1 to 1000. Default: 100. */
          pageSize?: number;

          /** Calls to Keycloak at once, 1 to 32. Default: 4. */
          concurrency?: number;

          /** Whether realm roles are read; needs `view-realm`. Default: true. */
          realmRoles?: boolean;

          /** How many people, or how many groups, one sync may remove before an administrator is asked. */
          removals?: {
            /** Percent of those in the catalog. Default: 10. */
            maxPercent?: number;

            /** So many are always allowed. Default: 5. */
            minimum?: number;
          };

          /** Refs of the users and groups who are notified of a sync that stopped. */
          notify?: string[];
        };
      };
    };
  };
}
