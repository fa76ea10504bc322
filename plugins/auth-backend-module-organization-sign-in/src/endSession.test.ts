import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import express, { Handler } from 'express';
import request from 'supertest';
import { offerEndSession } from './endSession';

const PATH = '/organization-sign-in/end-session';

describe('offerEndSession', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
    server = undefined;
  });

  async function portal(listener: RequestListener) {
    server = createServer(listener);
    await new Promise<void>(resolve => {
      server?.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const app = express();
    const httpRouter = mockServices.httpRouter.mock({
      use: (handler: Handler) => {
        app.use(handler);
      },
    });
    offerEndSession({
      config: mockServices.rootConfig({
        data: {
          auth: {
            environment: 'production',
            providers: {
              oidc: {
                production: {
                  clientId: 'portal',
                  metadataUrl: `http://127.0.0.1:${port}/realms/a`,
                },
              },
            },
          },
        },
      }),
      httpRouter,
      logger: mockServices.logger.mock(),
    });
    app.use(mockErrorHandler());
    return { app, httpRouter };
  }

  it('tells everybody where the session at the identity provider ends', async () => {
    const { app, httpRouter } = await portal(({ url }, response) =>
      response.end(
        url === '/realms/a/.well-known/openid-configuration'
          ? JSON.stringify({
              end_session_endpoint: 'https://idp.example/logout',
            })
          : '{}',
      ),
    );
    const { body } = await request(app).get(PATH).expect(200);
    expect(body).toEqual({
      url: 'https://idp.example/logout?client_id=portal',
    });
    expect(httpRouter.addAuthPolicy).toHaveBeenCalledWith({
      path: PATH,
      allow: 'unauthenticated',
    });
  });

  it('says nothing of a provider that has no such address', async () => {
    const { app } = await portal((_, response) => response.end('{}'));
    const { body } = await request(app).get(PATH).expect(200);
    expect(body).toEqual({});
  });

  it('says that one may still be signed in when the provider does not answer, and asks again', async () => {
    let up = false;
    const { app } = await portal((_, response) => {
      response.statusCode = up ? 200 : 502;
      response.end('{}');
    });
    const { body } = await request(app).get(PATH).expect(503);
    expect(body.error.message).toMatch('you may still be signed in there');
    up = true;
    await request(app).get(PATH).expect(200);
  });
});
