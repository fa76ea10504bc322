import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Who may do what; `?person=` names whom it is about, by ref. */
export const rootRouteRef = createRouteRef();
