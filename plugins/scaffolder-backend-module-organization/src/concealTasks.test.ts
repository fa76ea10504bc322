import { mockErrorHandler } from '@backstage/backend-test-utils';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { concealTasks } from './concealTasks';

function app() {
  const server = express();
  server.use(concealTasks());
  server.get('/v2/tasks/mine', (_, response) => {
    response.json({ status: 'completed' });
  });
  server.get('/v2/tasks/theirs/events', () => {
    throw new NotAllowedError('Not yours');
  });
  server.get('/v2/tasks/nobodys/events', () => {
    throw new NotFoundError('Not there');
  });
  server.post('/v2/tasks/mine/cancel', () => {
    throw new ConflictError('Over already');
  });
  server.get('/v2/actions', () => {
    throw new NotAllowedError('No actions');
  });
  server.use(mockErrorHandler());
  return server;
}

describe('concealTasks', () => {
  it('answers for a task of somebody else as for none', async () => {
    const theirs = await request(app()).get('/v2/tasks/theirs/events');
    const nobodys = await request(app()).get('/v2/tasks/nobodys/events');
    expect(theirs.status).toBe(404);
    expect(theirs.body.error).toEqual({
      name: 'NotFoundError',
      message: 'There is no task "theirs" that you may see',
    });
    expect(JSON.stringify(theirs.body).replaceAll('theirs', 'nobodys')).toBe(
      JSON.stringify(nobodys.body),
    );
  });

  it('leaves all other answers as they are', async () => {
    const mine = await request(app()).get('/v2/tasks/mine');
    expect(mine.body).toEqual({ status: 'completed' });
    const over = await request(app()).post('/v2/tasks/mine/cancel');
    expect(over.status).toBe(409);
    expect(over.body.error.message).toBe('Over already');
    const actions = await request(app()).get('/v2/actions');
    expect(actions.status).toBe(403);
  });
});
