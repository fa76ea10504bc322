export interface Config {
  catalog?: {
    /** Which organisation catalog entities belong to. */
    organizations?: {
      /**
       * Aliases of the organisations that run the portal. What they own and what
       * comes from `catalog.locations` is shared with everybody, people excepted.
       * Default none.
       */
      platform?: string[];

      /** Organisations by where entities come from; the longest target that fits wins. */
      locations?: Array<{
        /** Beginning of the addresses of the locations, up to a `/`. */
        target: string;

        /** Alias of the organisation, or `*` for what is shared with everybody. */
        organization: string;
      }>;
    };
  };
}
