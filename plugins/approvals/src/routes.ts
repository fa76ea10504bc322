import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** All pages. */
export const rootRouteRef = createRouteRef();

/** What the user may decide. */
export const decideRouteRef = createRouteRef();

/** The user's own requests. */
export const mineRouteRef = createRouteRef();

/** Everybody's requests. */
export const allRouteRef = createRouteRef();

/** The form that runs a template. */
export const templateFormRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

/** A task of the scaffolder. */
export const taskRouteRef = createExternalRouteRef({
  params: ['taskId'],
  defaultTarget: 'scaffolder.ongoingTask',
});
