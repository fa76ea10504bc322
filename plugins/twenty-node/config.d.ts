export interface Config {
  /** Connection to a Twenty workspace. Leave out to run without Twenty. */
  twenty?: {
    /**
     * Address of the server, such as `https://crm.example.com`.
     */
    baseUrl: string;

    /**
     * API key whose role may read and write people, companies and opportunities.
     *
     * @visibility secret
     */
    token: string;

    /**
     * Address at which people open the CRM, where it differs from the server's.
     * Default: `baseUrl`.
     */
    frontUrl?: string;

    /**
     * The workspace's own stage of an opportunity for a word that formulas use,
     * such as `won: CUSTOMER`. A word that is not here stands for itself.
     */
    stages?: { [word: string]: string };
  };
}
