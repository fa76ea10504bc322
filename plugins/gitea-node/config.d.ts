export interface Config {
  /** Connection to a Gitea server. Leave out to run without Gitea. */
  gitea?: {
    /**
     * Address of the server, without `/api/v1`, such as `https://git.example.com`.
     */
    baseUrl: string;

    /**
     * Access token of a site administrator with the scopes `write:admin`,
     * `write:organization`, `write:repository` and `write:user`.
     *
     * @visibility secret
     */
    token: string;

    /**
     * Name of the user whose token it is: git asks for it beside the token.
     */
    username: string;

    /**
     * Number of the OAuth2 login source that people log in with. Gitea has no API
     * that tells it: `gitea admin auth list` does.
     */
    oauthSourceId: number;
  };
}
