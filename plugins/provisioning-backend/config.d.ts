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
  /** How people get their accounts in the services. */
  provisioning?: {
    /**
     * Issuer URL of the identity provider, exactly as in the `iss` claim of its
     * tokens. Default: the realm's URL below `provisioning.keycloak.baseUrl`,
     * or `/oidc` below `provisioning.logto.endpoint`. Required when both are
     * left out.
     */
    issuer?: string;

    /**
     * Keycloak's Admin API, where persons are looked up before anything is
     * done for them. Not together with `provisioning.logto`; without either,
     * persons are taken from the catalog.
     */
    keycloak?: {
      /** Address of Keycloak, without `/realms`. */
      baseUrl: string;

      /** Name of the realm in which people sign up. */
      realm: string;

      /**
       * A client with a service account that has the roles `view-users` and
       * `query-groups` of `realm-management`, and with organisations also
       * `view-organizations` (or `view-realm` before Keycloak 26.3).
       */
      clientId: string;

      /** @visibility secret */
      clientSecret: string;
    };

    /** Logto's Management API, in place of `provisioning.keycloak`. */
    logto?: {
      /** Address of Logto, without `/oidc` and `/api`. */
      endpoint: string;

      /** Id of a machine-to-machine app whose role grants access to the Management API. */
      appId: string;

      /** @visibility secret */
      appSecret: string;

      /** Indicator of the Management API. Default: `https://default.logto.app/api`, as of a self-hosted Logto. */
      resource?: string;
    };

    /** Who may tell provisioning about sign-ups. A webhook without a secret is off. */
    webhooks?: {
      /** `POST /api/provisioning/webhooks/keycloak`, for the keycloak-events extension. */
      keycloak?: {
        /**
         * Secret of the webhook in Keycloak, which signs with HmacSHA256.
         *
         * @visibility secret
         */
        secret: string;
      };

      /** `POST /api/provisioning/webhooks/logto`. Needs `provisioning.logto`. */
      logto?: {
        /**
         * Signing key of the webhook in Logto.
         *
         * @visibility secret
         */
        secret: string;

        /** Events older than this are refused, because they may have been recorded and sent again. Default: 1 day. */
        maxAge?: Duration;
      };

      /** Requests that are refused, or were sent before, which an address may make in a minute. Default: 600. */
      refusedPerMinute?: number;
    };

    /** What becomes of people who leave. */
    offboarding?: {
      /**
       * Time between the suspension of somebody whom the identity provider has
       * disabled or deleted and the removal of their accounts; false: they
       * stay. Default: 30 days.
       */
      removeAfter?: Duration | false;
    };

    /** The record of who did what. */
    events?: {
      /** Time for which events are kept; false: for ever. Default: 2 years. */
      retention?: Duration | false;
    };

    /** Who hears of what besides the person themselves. */
    notifications?: {
      /**
       * Refs of users and groups, such as `group:default/platform-admins`: they
       * are notified of runs that failed and of what a scheduled comparison
       * found that is new, and their browsers are told when anybody's run
       * changes. Default: nobody.
       */
      admins?: string[];
    };

    /** How the services are compared with what should be. */
    reconcile?: {
      /**
       * When it is done by itself. Nothing is changed: what differs is listed,
       * for an administrator to decide. Default: only by hand.
       */
      schedule?: Schedule;
    };

    /**
     * What people get without asking, by who they are. What several rules give
     * adds up. Checked when the backend starts. Default: an account in every
     * service.
     */
    defaults?: Array<{
      /** Name of the rule, as it is shown for a reason. */
      name: string;

      /** Whom the rule is for: of each list one is enough, and each that is given must hold. Default: everybody. */
      match?: {
        /** Aliases of organisations. */
        organisation?: string[];

        /** Paths such as `/acme/developers`, which hold for the groups below, too; or names, of whatever organisation. */
        group?: string[];

        /** Roles of Keycloak's realm, or of the person's organisation in Logto. */
        role?: string[];
      };

      /**
       * Ids of services, such as `gitea`, where an account is made. As long as
       * no rule has this, everybody gets all of them.
       */
      services?: string[];

      /** Memberships in Mattermost. */
      mattermost?: {
        /** Names of teams, as in their addresses. */
        teams?: string[];

        /** `team/channel`, as in their addresses. */
        channels?: string[];
      };

      /** Memberships and rights in Gitea. */
      gitea?: {
        /** `organisation/team`. */
        teams?: string[];

        repositories?: Array<{
          /** `owner/repository`. */
          name: string;

          /** Default: `read`. */
          permission?: 'read' | 'write' | 'admin';
        }>;
      };

      /** Workspaces in Coder. */
      coder?: {
        /** Templates, from each of which a workspace of the same name is made once, with the template's own values. */
        workspaceTemplates?: string[];
      };
    }>;

    /** What happens after a failure that may pass by itself. */
    retry?: {
      /** Attempts of a step, the first included. Default: 8. */
      attempts?: number;

      /** Wait after the first attempt; it doubles with each further one. Default: 1 second. */
      minDelay?: Duration;

      /** The longest wait that is not asked for by the service. Default: 1 minute. */
      maxDelay?: Duration;

      /** Time after which a step fails however many attempts are left. Default: 10 minutes. */
      deadline?: Duration;

      /** Time for one attempt. Default: 1 minute. */
      attemptTimeout?: Duration;

      /** When a service counts as away: its steps wait then, without calling it and without using up attempts. */
      circuit?: {
        /** Calls in a row without an answer, as each process sees it. Default: 10. */
        failures?: number;

        /** Time after which one call finds out whether the service is back. Default: 30 seconds. */
        coolDown?: Duration;
      };
    };

    /** Steps worked on at once in each process, by service; `default` for all others. Default: 5. */
    concurrency?: { [service: string]: number };
  };
}
