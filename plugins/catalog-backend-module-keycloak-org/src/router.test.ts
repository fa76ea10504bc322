import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { createRouter } from '@formulary/plugin-organization-sync-node';
import express from 'express';
import request from 'supertest';
import { TestOrg } from './__testUtils__/TestOrg';
import { keycloakNames } from './config';

jest.setTimeout(60_000);

const refs = ['user:default/bob', 'group:default/acme', 'user:default/alice'];
const sorted = [...refs].sort();
const removals = { users: 2, groups: 1, sample: sorted };

describe('the routes of stopped syncs', () => {
  let org: TestOrg;
  let result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  let app: express.Express;
  let digest: string;
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
        kept: org.kept,
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
    await org.stops.stop('test', refs);
    digest = (await org.stops.get('test'))!.digest;
  });

  const decide = (
    what: string,
    body: object,
    path = `/keycloak-org/test/${what}`,
  ) => request(app).post(path).set(asPriya).send(body);
  const read = async () =>
    (await request(app).get('/keycloak-org/stops').set(asPriya)).body;

  it('tell an administrator who would go', async () => {
    const { status, body } = await request(app)
      .get('/keycloak-org/stops')
      .set(asPriya);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          ...{ provider: 'test', digest, ...removals },
          stoppedAt: expect.any(String),
        },
      ],
      kept: [],
    });
  });

  it('let the sync through and begin it', async () => {
    expect((await decide('approve', { digest })).status).toBe(202);
    await expect(org.stops.get('test')).resolves.toMatchObject({
      approvedBy: 'user:default/priya',
    });
    expect(org.triggerTask).toHaveBeenCalled();
  });

  it('leave those who would go, and say who decided it, when, and of whom', async () => {
    expect((await decide('keep', { digest })).status).toBe(202);
    await expect(read()).resolves.toEqual({
      items: [],
      kept: [
        {
          ...{ provider: 'test', digest, ...removals },
          keptBy: 'user:default/priya',
          keptAt: expect.any(String),
        },
      ],
    });
    expect(org.triggerTask).toHaveBeenCalledTimes(1);
    expect(org.auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'keycloak-org-keep',
        meta: { provider: 'test', digest },
      }),
    );
  });

  it('take a decision back, once', async () => {
    await decide('keep', { digest });
    expect((await decide('take-back', { digest })).status).toBe(202);
    await expect(read()).resolves.toEqual({ items: [], kept: [] });
    expect(org.triggerTask).toHaveBeenCalledTimes(2);
    expect((await decide('take-back', { digest })).status).toBe(409);
  });

  describe.each(['approve', 'keep', 'take-back'])('to %s', what => {
    it.each([
      ['another digest', { digest: 'other' }, undefined, 409],
      ['no digest', {}, undefined, 400],
      ['another realm', { digest: 'x' }, `/keycloak-org/other/${what}`, 404],
    ])('refuse %s', async (_what, body, path, status) => {
      expect((await decide(what, body, path)).status).toBe(status);
      expect(org.triggerTask).not.toHaveBeenCalled();
    });

    it('are closed to everybody else', async () => {
      result = AuthorizeResult.DENY;
      expect((await decide(what, { digest })).status).toBe(403);
      await expect(org.stops.get('test')).resolves.toMatchObject({
        approvedBy: undefined,
      });
    });
  });

  it('tell nobody else who would go', async () => {
    result = AuthorizeResult.DENY;
    const asOther = await request(app).get('/keycloak-org/stops').set(asPriya);
    expect(asOther.status).toBe(403);
    const signedOut = await request(app).get('/keycloak-org/stops');
    expect(signedOut.status).toBe(401);
  });
});
