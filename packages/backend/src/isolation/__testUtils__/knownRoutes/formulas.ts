import { KnownRoutes, reviewed } from './KnownRoute';
import { named } from './references';

/** Formulas and what they bundle. */
export const formulas: KnownRoutes = {
  'USE /api/formulas': reviewed,
  'GET /api/formulas/formulas/:namespace/:name/bundle': {
    params: named('formula'),
  },
};
