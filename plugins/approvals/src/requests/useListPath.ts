import { useRouteRef } from '@backstage/frontend-plugin-api';
import { allRouteRef, decideRouteRef, mineRouteRef } from '../routes';
import type { View } from './RequestsTable';

/** Path of a list; the pages of its requests are below. */
export function useListPath(view: View): string {
  const paths = {
    decide: useRouteRef(decideRouteRef),
    mine: useRouteRef(mineRouteRef),
    all: useRouteRef(allRouteRef),
  };
  return paths[view]?.() ?? '';
}
