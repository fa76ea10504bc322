import { KnownRoutes, reviewed } from './KnownRoute';
import { named } from './references';

/** Templates and their tasks. */
export const scaffolder: KnownRoutes = {
  'USE /api/scaffolder': reviewed,
  'GET /api/scaffolder/openapi.json': reviewed,
  'GET /api/scaffolder/v2/actions': { examples: true },
  'GET /api/scaffolder/v2/templating-extensions': reviewed,
  'GET /api/scaffolder/v2/tasks': { shown: true },
  'USE /api/scaffolder/v2/tasks/:taskId': reviewed,
  'GET /api/scaffolder/v2/tasks/:taskId': { shown: true },
  'GET /api/scaffolder/v2/tasks/:taskId/events': { shown: true },
  'GET /api/scaffolder/v2/tasks/:taskId/eventstream': { shown: true },
  'POST /api/scaffolder/v2/tasks/:taskId/cancel': { body: () => ({}) },
  'POST /api/scaffolder/v2/tasks/:taskId/retry': { body: () => ({}) },
  'POST /api/scaffolder/v2/tasks': {
    body: ({ template }) => ({
      templateRef: `template:default/${template}`,
      values: { answer: '42' },
    }),
  },
  'POST /api/scaffolder/v2/dry-run': {
    body: ({ template }) => ({
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: template },
        spec: { owner: 'nobody', type: 'formula', parameters: [], steps: [] },
      },
      values: {},
      directoryContents: [],
    }),
  },
  'GET /api/scaffolder/v2/templates/:namespace/:kind/:name/parameter-schema': {
    params: named('template'),
    shown: true,
  },
  'POST /api/scaffolder/v2/autocomplete/:provider/:resource': {
    params: ({ organization }) => ({
      provider: 'gitea',
      resource: organization,
    }),
    body: () => ({ token: 'none', context: {} }),
  },
};
