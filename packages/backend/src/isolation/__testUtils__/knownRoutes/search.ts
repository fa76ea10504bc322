import { KnownRoutes, reviewed } from './KnownRoute';

/** Search. */
export const search: KnownRoutes = {
  'USE /api/search': reviewed,
  'GET /api/search/openapi.json': reviewed,
  'GET /api/search/query': {
    shown: true,
    query: ({ component }) => ({ term: component.split('.')[1] }),
  },
};
