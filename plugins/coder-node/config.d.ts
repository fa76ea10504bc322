export interface Config {
  /**
   * The Coder deployment that workspaces are made in. Leave it out when there is none.
   */
  coder?: {
    /** Address of the Coder API as the backend reaches it, such as `https://coder.example.com`. */
    baseUrl: string;
    /**
     * Long-lived token of an account with the role Owner, made with `coder tokens create`.
     *
     * @visibility secret
     */
    token: string;
    /** Name or id of the organisation that users and templates belong to. Default: `default`, which is Coder's default organisation whatever its name. */
    organization?: string;
    /** Address that people open in the browser, when it differs from `baseUrl`. */
    accessUrl?: string;
  };
}
