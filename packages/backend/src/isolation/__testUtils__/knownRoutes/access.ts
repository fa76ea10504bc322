import { KnownRoutes, reviewed } from './KnownRoute';
import { userRef } from './references';

/** Who may do what. */
export const access: KnownRoutes = {
  'USE /api/access': reviewed,
  'GET /api/access/persons/:userRef': {
    params: things => ({ userRef: userRef(things) }),
    shown: true,
  },
};
