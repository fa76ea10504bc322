import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import express from 'express';
import request from 'supertest';
import { guardRetry } from './guardRetry';

const answer = (status: number) =>
  ResponseError.fromResponse(
    new Response('{}', { status, headers: { 'content-type': 'text/plain' } }),
  );

async function retry(taskId: string, authorization: string) {
  const server = express();
  server.use(
    guardRetry({
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth(),
      scaffolder: {
        getTask: async ({ taskId: id }) => {
          if (id === 'nobodys') throw await answer(404);
          if (id === 'broken') throw await answer(500);
          return {
            id,
            spec: {
              user: id === 'services' ? {} : { ref: `user:default/${id}` },
            },
          } as ScaffolderTask;
        },
      },
    }),
  );
  server.use((_, response) => {
    response.json({ passed: true });
  });
  server.use(mockErrorHandler());
  const { status, body } = await request(server)
    .post(`/v2/tasks/${taskId}/retry`)
    .set('authorization', authorization);
  return { status, message: body.error?.message };
}

const gina = mockCredentials.user.header('user:default/gina');

describe('guardRetry', () => {
  it('lets people retry their own task', async () => {
    await expect(retry('gina', gina)).resolves.toMatchObject({ status: 200 });
  });

  it('keeps who may see the task of somebody else from running it with their own rights', async () => {
    const { status, message } = await retry('hugo', gina);
    expect(status).toBe(403);
    expect(message).toMatch(
      /Only user:default\/hugo, who started this task, may retry it/,
    );
  });

  it.each(['nobodys', 'services'])(
    'leaves the task %s to the scaffolder',
    async id => {
      await expect(retry(id, gina)).resolves.toMatchObject({ status: 200 });
    },
  );

  it('lets plugins retry', async () => {
    await expect(
      retry('hugo', mockCredentials.service.header()),
    ).resolves.toMatchObject({ status: 200 });
  });

  it('lets nobody through when the task cannot be read', async () => {
    const { status } = await retry('broken', gina);
    expect(status).toBeGreaterThanOrEqual(500);
  });
});
