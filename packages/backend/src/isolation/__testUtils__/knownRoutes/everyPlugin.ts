import { KnownRoutes, reviewed } from './KnownRoute';
import { entityRef, id } from './references';

/** What Backstage itself mounts in every plugin (backend-defaults, permission-node). */
export const everyPlugin: KnownRoutes = {
  'USE /api/{plugin}/.well-known/backstage/permissions': reviewed,
  'USE /api/{plugin}/.well-known/backstage/permissions/apply-conditions':
    reviewed,
  'USE /api/{plugin}/.backstage/actions': reviewed,
  'DELETE /api/{plugin}/.backstage/auth/v1/cookie': {
    public: 'removes the cookie of whoever asks',
  },
  'GET /api/{plugin}/.backstage/auth/v1/cookie': reviewed,
  'GET /api/{plugin}/.backstage/auth/v1/jwks.json': {
    public: 'public keys of the plugin',
  },
  'USE /api/{plugin}/.backstage/scheduler': reviewed,
  'GET /api/{plugin}/.backstage/scheduler/v1/tasks': reviewed,
  'POST /api/{plugin}/.backstage/scheduler/v1/tasks/:id/cancel': {
    params: id('organization'),
  },
  'POST /api/{plugin}/.backstage/scheduler/v1/tasks/:id/trigger': {
    params: id('organization'),
  },
  'GET /api/{plugin}/.backstage/actions/v1/actions': reviewed,
  // What the actions answer is asked for each of them, see knownActions.ts.
  'POST /api/{plugin}/.backstage/actions/v1/actions/:actionId/invoke': {
    params: () => ({ actionId: 'no:such' }),
    body: () => ({}),
  },
  'POST /api/{plugin}/.backstage/actions/v2/actions/:actionId/invoke': {
    params: () => ({ actionId: 'no:such' }),
    body: () => ({}),
  },
  'GET /api/{plugin}/.well-known/backstage/permissions/metadata': {
    public: 'names and rules of permissions, the same for everybody',
  },
  'POST /api/{plugin}/.well-known/backstage/permissions/apply-conditions': {
    body: things => ({
      items: [
        {
          id: '1',
          resourceRef: entityRef(things),
          resourceType: 'catalog-entity',
          conditions: {
            rule: 'IS_ENTITY_KIND',
            resourceType: 'catalog-entity',
            params: { kinds: ['component'] },
          },
        },
      ],
    }),
  },
};
