export interface Config {
  /** Connection to a Mattermost server. Leave out to run without Mattermost. */
  mattermost?: {
    /**
     * Address of the server, without `/api/v4`, such as `https://chat.example.com`.
     */
    baseUrl: string;

    /**
     * Access token of a user or bot that is a system admin: only such a one may
     * link accounts to the identity provider.
     *
     * @visibility secret
     */
    token: string;

    /** How people log in to Mattermost. */
    sso: {
      /**
       * `openid`: OpenID Connect provider of a licensed server; accounts are linked by the `sub` claim.
       * `gitlab`: GitLab provider (up to 10.x, or a licensed 11); accounts are linked by a numeric `id` claim.
       * `email`: no single sign-on; accounts have a password of their own.
       */
      mode: 'openid' | 'gitlab' | 'email';

      /**
       * With `gitlab`: the identity provider's attribute of a person that holds
       * the number which it sends as `id`. Default: `mattermostId`.
       */
      idAttribute?: string;
    };
  };
}
