import { KnownRoutes, reviewed } from './KnownRoute';

/** The bus of events between plugins and replicas. */
export const events: KnownRoutes = {
  'USE /api/events': reviewed,
  'USE /api/events/http': reviewed,
  'GET /api/events/openapi.json': reviewed,
  'POST /api/events/bus/v1/events': {
    body: ({ organization }) => ({
      event: { topic: organization, payload: {} },
    }),
  },
  'PUT /api/events/bus/v1/subscriptions/:subscriptionId': {
    params: ({ organization }) => ({ subscriptionId: organization }),
    body: () => ({ topics: ['notifications'] }),
  },
  'GET /api/events/bus/v1/subscriptions/:subscriptionId/events': {
    params: ({ organization }) => ({ subscriptionId: organization }),
  },
};
