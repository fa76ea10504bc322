import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { guardSchedulerRoutes } from './guardSchedulerRoutes';

function plugin(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const app = express();
  const router = guardSchedulerRoutes({
    httpRouter: { use: handler => app.use(handler), addAuthPolicy: jest.fn() },
    httpAuth: mockServices.httpAuth(),
    permissions: mockServices.permissions({ result }),
  });
  router.use((_request, response) => {
    response.json({ passed: true });
  });
  app.use(mockErrorHandler());
  return app;
}

const TRIGGER = '/.backstage/scheduler/v1/tasks/keycloak-org:default/trigger';

describe('guardSchedulerRoutes', () => {
  it.each([
    ['get', '/.backstage/scheduler/v1/tasks'],
    ['get', '/.backstage/SCHEDULER/v1/tasks'],
    ['post', TRIGGER],
    ['post', TRIGGER.replace('trigger', 'cancel')],
  ] as const)('keeps people from %s %s', async (method, path) => {
    const response = await request(plugin(AuthorizeResult.DENY))
      [method](path)
      .set('authorization', mockCredentials.user.header());
    expect(response.status).toBe(403);
  });

  it('keeps those out who are not signed in', async () => {
    const { status } = await request(plugin(AuthorizeResult.DENY))
      .post(TRIGGER)
      .set('authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it('lets administrators pass', async () => {
    const { body } = await request(plugin(AuthorizeResult.ALLOW))
      .post(TRIGGER)
      .set('authorization', mockCredentials.user.header());
    expect(body).toEqual({ passed: true });
  });

  it('leaves the plugin’s other routes alone', async () => {
    const { status } = await request(plugin(AuthorizeResult.DENY)).get('/x');
    expect(status).toBe(200);
  });
});
