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

export interface Config {
  /** When tasks need an approval, and whose. */
  approvals?: {
    /**
     * The group whose members are the admins of an organisation, with
     * `{organisation}` in place of the organisation's name, such as
     * `group:default/{organisation}-admins`.
     */
    organisationAdmins?: string;

    /**
     * The first rule that fits decides. Where none fits, tasks go on by
     * themselves. Default: none.
     */
    rules?: Array<{
      /** Shown to people. Unique. */
      name: string;

      /** What the rule applies to; everything that is given has to fit. Default: everything. */
      match?: {
        /** Refs of templates or formulas, such as `template:default/ml-research`. */
        templates?: string[];

        /** Ids of services, one of which the step names in its `services`. */
        services?: string[];

        /** Refs of users and groups, also of groups that are above the requester's. */
        requesters?: string[];

        /** Names of organisations. */
        organisations?: string[];

        /** Applies when the step gives a `cost` that is higher. */
        costAbove?: number;
      };

      /** Who may approve: any of them, but never the requester. */
      approvers: {
        /** Refs of users, also of other organisations than the requester's. */
        users?: string[];

        /** Refs of groups, also of other organisations than the requester's. */
        groups?: string[];

        /** `template`, or an entity's ref: its owners, as far as they are of the requester's organisation. */
        ownersOf?: string;

        /** The admins of the requester's organisation. Needs `approvals.organisationAdmins`. */
        organisationAdmins?: boolean;
      };

      /** Time for the decision, and then again for the start. Default: 7 days. */
      expiry?: Duration;

      /** Time between reminders of those who may decide. Default: none are sent. */
      reminder?: Duration;

      /** Whether they may hand a request to somebody else of the requester's organisation. Default: true. */
      delegation?: boolean;
    }>;
  };
}
