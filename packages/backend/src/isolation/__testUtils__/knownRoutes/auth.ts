import { KnownRoutes, reviewed } from './KnownRoute';

/** Sign-in. */
export const auth: KnownRoutes = {
  'GET /api/auth/organization-sign-in/end-session': {
    public: 'an address that the identity provider publishes itself',
  },
  'USE /api/auth': reviewed,
  'USE /api/auth/:provider': { params: () => ({ provider: 'oidc' }) },
  'USE /api/auth/:provider/start': { params: () => ({ provider: 'oidc' }) },
  'USE /api/auth/:provider/handler/frame': {
    public: 'ends a sign-in; shows a page of its failure',
    params: () => ({ provider: 'oidc' }),
  },
  'USE /api/auth/oidc': reviewed,
  'GET /api/auth/oidc/start': {
    public: 'begins a sign-in',
    query: () => ({ env: 'production', scope: 'openid' }),
  },
  'GET /api/auth/oidc/handler/frame': {
    public: 'ends a sign-in; shows a page of its failure',
    query: () => ({ env: 'production' }),
  },
  'POST /api/auth/oidc/handler/frame': {
    public: 'ends a sign-in; shows a page of its failure',
    query: () => ({ env: 'production' }),
  },
  'GET /api/auth/oidc/refresh': { query: () => ({ env: 'production' }) },
  'POST /api/auth/oidc/refresh': { query: () => ({ env: 'production' }) },
  'POST /api/auth/oidc/logout': {
    public: 'ends the session of whoever asks',
    query: () => ({ env: 'production' }),
  },
  'GET /api/auth/.well-known/jwks.json': { public: 'public keys' },
  'GET /api/auth/.well-known/openid-configuration': {
    public: 'addresses of the keys',
  },
  'GET /api/auth/.well-known/oauth-client/cli.json': {
    public: 'describes the client of Backstage’s command line',
  },
  'GET /api/auth/v1/userinfo': reviewed,
  'GET /api/auth/.backstage/actions/v1/actions': {
    public: 'describes the one action of the plugin, which wants a user',
  },
};
