import { KnownRoutes, reviewed } from './KnownRoute';

/** The portal’s pages and what stands beside the plugins. */
export const app: KnownRoutes = {
  'USE /api': reviewed,
  'USE /api/app': { public: 'pages of the portal' },
  'USE /api/app/static': { public: 'files of the portal’s pages' },
  'USE /static': { public: 'files of the portal’s pages' },
  'GET /*': { public: 'pages of the portal' },
  'GET /api/app/*': { public: 'pages of the portal' },
  'GET /.backstage/health/v1/liveness': { public: 'health' },
  'GET /.backstage/health/v1/readiness': { public: 'health' },
  'GET /.backstage/auth/v1/jwks.json': { public: 'public keys' },
  'GET /.backstage/auth/v1/cookie': reviewed,
  'DELETE /.backstage/auth/v1/cookie': {
    public: 'removes the cookie of whoever asks',
  },
};
