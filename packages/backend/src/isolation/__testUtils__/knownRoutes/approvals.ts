import { KnownRoutes, reviewed } from './KnownRoute';
import { id } from './references';

/** Requests for approval. */
export const approvals: KnownRoutes = {
  'USE /api/approvals': reviewed,
  'GET /api/approvals/requests': { query: () => ({ view: 'all' }) },
  'POST /api/approvals/requests': {
    body: ({ task }) => ({
      taskId: task,
      stepId: 'approval',
      reason: 'A test',
    }),
  },
  'GET /api/approvals/requests/:id': { params: id('approval'), shown: true },
  'POST /api/approvals/requests/:id/decide': {
    params: id('approval'),
    body: () => ({ decision: 'approve', reason: 'A test' }),
  },
  'POST /api/approvals/requests/:id/cancel': {
    params: id('approval'),
    body: () => ({ reason: 'A test' }),
  },
  'POST /api/approvals/requests/:id/delegate': {
    params: id('approval'),
    body: () => ({ userRef: 'user:default/hugo', reason: 'A test' }),
  },
};
