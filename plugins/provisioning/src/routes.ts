import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** The administrators' pages. */
export const rootRouteRef = createRouteRef();

/** Runs: the list, and a run's page below it. */
export const runsRouteRef = createRouteRef();

/** What is done for many people at once. */
export const bulkRouteRef = createRouteRef();

/** The page that tells what somebody may do. */
export const accessRouteRef = createExternalRouteRef({
  defaultTarget: 'access.root',
});
