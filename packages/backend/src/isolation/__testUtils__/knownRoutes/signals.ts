import { KnownRoutes, reviewed } from './KnownRoute';

/** Sockets to the browser; what is heard there stands in signals.ts of the suite. */
export const signals: KnownRoutes = {
  'USE /api/signals': reviewed,
  'GET /api/signals/health': { public: 'health of the plugin' },
};
