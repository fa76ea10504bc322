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
      /** Logto tenants whose people and organisations come into the catalog, by a name of yours. */
      logtoOrg?: {
        [name: string]: {
          /** Address of Logto, without `/oidc` and `/api`. */
          endpoint: string;

          /** Id of a machine-to-machine app whose role grants access to the Management API. */
          appId: string;

          /** @visibility secret */
          appSecret: string;

          /** Indicator of the Management API. Default: `https://default.logto.app/api`, as of a self-hosted Logto. */
          resource?: string;

          /** When everything is read. Default: every 5 minutes, for 15 minutes at most. */
          schedule?: Schedule;

          /** Entries of a page, 1 to 100. Default: 100. */
          pageSize?: number;

          /** Calls to Logto at once, 1 to 32. Default: 4. */
          concurrency?: number;

          /** Whether roles that are of no organisation are read. Default: true. */
          roles?: boolean;

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
