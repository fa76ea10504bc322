import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { createRouter } from '@formulary/plugin-organization-sync-node';
import express from 'express';
import request from 'supertest';
import { TestOrg } from './__testUtils__/TestOrg';
import { keycloakNames } from './config';

jest.setTimeout(60_000);

const removals = {
  digest: 'abc',
  users: 6,
  groups: 0,
  sample: ['user:default/alice'],
};

describe('the routes of stopped syncs', () => {
  let org: TestOrg;
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  let app: express.Express;
  const asPriya = {
    Authorization: mockCredentials.user.header('user:default/priya'),
  };

  beforeAll(async () => {
    org = await TestOrg.start();
    app = express();
    app.use(
      createRouter({
        names: keycloakNames,
        httpAuth: mockServices.httpAuth({
          defaultCredentials: mockCredentials.none(),
        }),
        permissions: mockServices.permissions.mock({
          authorize: async () => [{ result }],
        }),
        auditor: org.auditor,
        stops: org.stops,
        providers: [{ id: 'test', requestSync: org.triggerTask }],
      }),
    );
    const middleware = MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: mockServices.rootLogger(),
    });
    app.use(middleware.error());
  });
  afterAll(() => org.stop());
  beforeEach(async () => {
    await org.reset();
    result = AuthorizeResult.ALLOW;
    await org.stops.stop('test', removals);
  });

  const approve = (body: object, path = '/keycloak-org/test/approve') =>
    request(app).post(path).set(asPriya).send(body);

  it('tell an administrator who would go', async () => {
    const { status, body } = await request(app)
      .get('/keycloak-org/stops')
      .set(asPriya);
    expect(status).toBe(200);
    expect(body.items).toEqual([
      { provider: 'test', ...removals, stoppedAt: expect.any(String) },
    ]);
  });

  it('let the sync through and begin it', async () => {
    expect((await approve({ digest: 'abc' })).status).toBe(202);
    await expect(org.stops.get('test')).resolves.toMatchObject({
      approvedBy: 'user:default/priya',
    });
    expect(org.triggerTask).toHaveBeenCalled();
  });

  it.each([
    ['another digest', { digest: 'other' }, undefined, 409],
    ['no digest', {}, undefined, 400],
    ['another realm', { digest: 'abc' }, '/keycloak-org/other/approve', 404],
  ])('refuse %s', async (_what, body, path, status) => {
    expect((await approve(body, path)).status).toBe(status);
    expect(org.triggerTask).not.toHaveBeenCalled();
  });

  it('are closed to everybody else', async () => {
    result = AuthorizeResult.DENY;
    expect((await approve({ digest: 'abc' })).status).toBe(403);
    const read = await request(app).get('/keycloak-org/stops').set(asPriya);
    expect(read.status).toBe(403);
    const signedOut = await request(app).get('/keycloak-org/stops');
    expect(signedOut.status).toBe(401);
  });
});
