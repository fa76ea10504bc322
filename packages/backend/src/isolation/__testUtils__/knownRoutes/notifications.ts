import { Things } from '../things';
import { KnownRoutes, reviewed } from './KnownRoute';
import { id, userRef } from './references';

const broadcast = (things: Things) => ({
  recipients: { type: 'entity', entityRef: userRef(things) },
  payload: { title: 'Look here' },
});

/** Notifications to people. */
export const notifications: KnownRoutes = {
  'USE /api/notifications': reviewed,
  'GET /api/notifications/openapi.json': reviewed,
  'GET /api/notifications/': reviewed,
  'GET /api/notifications/notifications': reviewed,
  'GET /api/notifications/:id': { params: id('notification') },
  'GET /api/notifications/notifications/:id': { params: id('notification') },
  'GET /api/notifications/settings': reviewed,
  'POST /api/notifications/settings': { body: () => ({ channels: [] }) },
  'GET /api/notifications/status': reviewed,
  'GET /api/notifications/topics': reviewed,
  'POST /api/notifications/': { body: broadcast },
  'POST /api/notifications/notifications': { body: broadcast },
  'POST /api/notifications/update': {
    body: ({ notification }) => ({ ids: [notification], read: true }),
  },
  'POST /api/notifications/notifications/update': {
    body: ({ notification }) => ({ ids: [notification], read: true }),
  },
};
