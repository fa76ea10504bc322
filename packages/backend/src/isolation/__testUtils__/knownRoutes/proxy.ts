import { KnownRoutes, reviewed } from './KnownRoute';

/** The proxy, which is told of no target. */
export const proxy: KnownRoutes = {
  'USE /api/proxy': reviewed,
};
