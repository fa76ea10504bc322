import { KnownRoutes, reviewed } from './KnownRoute';

/** What people keep for themselves. */
export const userSettings: KnownRoutes = {
  'USE /api/user-settings': reviewed,
  'GET /api/user-settings/buckets/:bucket/keys/:key(*)': { shown: true },
  'PUT /api/user-settings/buckets/:bucket/keys/:key(*)': {
    body: () => ({ value: 'taken' }),
  },
  'DELETE /api/user-settings/buckets/:bucket/keys/:key(*)': reviewed,
  'POST /api/user-settings/multiget': {
    body: ({ settingsKey }) => ({
      items: [{ bucket: 'isolation', key: settingsKey }],
    }),
  },
};
