import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { createLocationGuard } from './createLocationGuard';

const user = mockCredentials.user.header('user:default/bob');
const service = mockCredentials.service.header();

const add = jest.fn();
beforeEach(() => add.mockReset());

function app(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
  httpAuth = mockServices.httpAuth(),
) {
  const server = express();
  server.use(
    createLocationGuard({
      auth: mockServices.auth(),
      httpAuth,
      permissions: mockServices.permissions({ result }),
      userInfo: mockServices.userInfo({
        ownershipEntityRefs: ['user:default/bob', 'group:default/acme'],
      }),
      locations: { add },
    }),
  );
  server.use((_request, response) => {
    response.json({ passed: true });
  });
  server.use(mockErrorHandler());
  return server;
}

describe('createLocationGuard', () => {
  it.each([
    ['a person who registers', 'post', '/locations?dryRun=true', user, 403],
    ['a person who moves a location', 'put', '/locations/1', user, 403],
    ['a person who reads', 'get', '/locations', user, 200],
    ['a service', 'post', '/locations', service, 200],
  ] as const)(
    'decides for %s',
    async (_, method, path, authorization, status) => {
      const response = await request(app(AuthorizeResult.DENY))
        [method](path)
        .set('authorization', authorization);
      expect(response.status).toBe(status);
    },
  );

  it('lets administrators register what speaks for anybody', async () => {
    const response = await request(app(AuthorizeResult.ALLOW))
      .post('/locations')
      .set('authorization', user)
      .send({ type: 'url', target: 'https://git.example/all/x.yaml' });
    expect(response.status).toBe(200);
    expect(add).not.toHaveBeenCalled();
  });

  it.each([
    ['plugin:scaffolder', 200],
    ['plugin:search', 403],
  ])('decides for %s in a person’s name', async (subject, status) => {
    const httpAuth = mockServices.httpAuth.mock({
      credentials: jest
        .fn()
        .mockResolvedValue(
          mockCredentials.user('user:default/bob', { actor: { subject } }),
        ),
    });
    const response = await request(app(AuthorizeResult.DENY, httpAuth)).post(
      '/locations',
    );
    expect(response.status).toBe(status);
  });
});
