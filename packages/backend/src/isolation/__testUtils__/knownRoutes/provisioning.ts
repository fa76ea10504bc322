import { Things } from '../things';
import { KnownRoutes, reviewed } from './KnownRoute';
import { id, userRef } from './references';

const people = (things: Things) => `user\n${userRef(things)}\n`;

/** Accounts of people in the services. */
export const provisioning: KnownRoutes = {
  'USE /api/provisioning': reviewed,
  'POST /api/provisioning/webhooks/keycloak': {
    body: () => ({ type: 'access.REGISTER' }),
  },
  'GET /api/provisioning/me': { shown: true },
  'POST /api/provisioning/me/runs': { body: () => ({}) },
  'GET /api/provisioning/persons': {
    query: ({ user }) => ({ search: user }),
  },
  'POST /api/provisioning/persons': {
    body: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/persons/:userRef': {
    params: things => ({ userRef: userRef(things) }),
    shown: true,
  },
  'GET /api/provisioning/runs': {
    shown: true,
    query: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/runs/:id': { params: id('run'), shown: true },
  'GET /api/provisioning/runs/:id/events': { params: id('run') },
  'POST /api/provisioning/runs/:id/cancel': { params: id('run') },
  'POST /api/provisioning/runs/:id/retry': { params: id('run') },
  'POST /api/provisioning/runs/:id/resume': { params: id('run') },
  'GET /api/provisioning/runs/:id/rollback': { params: id('run') },
  'POST /api/provisioning/runs/:id/rollback': { params: id('run') },
  'GET /api/provisioning/persons/:userRef/entitlements': {
    params: things => ({ userRef: userRef(things) }),
  },
  'POST /api/provisioning/entitlements/preview': {
    body: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/services': reviewed,
  'GET /api/provisioning/services/info': reviewed,
  'GET /api/provisioning/deliveries': reviewed,
  'POST /api/provisioning/deliveries/:id/redeliver': {
    params: id('delivery'),
  },
  'GET /api/provisioning/events': {
    query: things => ({ userRef: userRef(things) }),
  },
  'GET /api/provisioning/events/export': {
    query: () => ({ format: 'csv' }),
  },
  'POST /api/provisioning/bulk/preview': {
    body: people,
    contentType: 'text/csv',
  },
  'POST /api/provisioning/bulk': {
    body: people,
    contentType: 'text/csv',
    query: () => ({ operation: 'suspend', reason: 'Out with them' }),
  },
  'GET /api/provisioning/bulk': reviewed,
  'GET /api/provisioning/bulk/:id': { params: id('bulk') },
  'GET /api/provisioning/bulk/:id/lines': { params: id('bulk') },
  'GET /api/provisioning/bulk/:id/report': { params: id('bulk') },
  'GET /api/provisioning/reconciliations': reviewed,
  'POST /api/provisioning/reconciliations': { body: () => ({}) },
  'GET /api/provisioning/reconciliations/:id': {
    params: id('reconciliation'),
  },
  'GET /api/provisioning/reconciliations/:id/drifts': {
    params: id('reconciliation'),
  },
  'POST /api/provisioning/reconciliations/:id/apply': {
    params: id('reconciliation'),
    body: () => ({}),
  },
  'POST /api/provisioning/reconciliations/:id/cancel': {
    params: id('reconciliation'),
  },
};
for (const kind of ['remove', 'restore', 'suspend']) {
  provisioning[`POST /api/provisioning/persons/:userRef/${kind}`] = {
    params: things => ({ userRef: userRef(things) }),
    body: () => ({ reason: 'A test' }),
  };
}
