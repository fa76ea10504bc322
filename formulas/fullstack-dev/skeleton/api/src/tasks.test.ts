import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from './app.js';

describe('tasks', () => {
  let app: FastifyInstance;

  beforeEach(() => {
    app = buildApp();
  });

  afterEach(() => app.close());

  function create(body: unknown) {
    return app.inject({
      method: 'POST',
      url: '/api/tasks',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  it('starts empty', async () => {
    const response = await app.inject('/api/tasks');
    expect(response.json()).toEqual([]);
  });

  it('keeps a new task, changes and deletes it', async () => {
    const created = await create({ title: ' Write code ' });
    expect(created.statusCode).toBe(201);
    const { id } = created.json();

    const changed = await app.inject({
      method: 'PATCH',
      url: `/api/tasks/${id}`,
      body: { done: true },
    });
    expect(changed.json()).toEqual({ id, title: 'Write code', done: true });

    const deleted = await app.inject({ method: 'DELETE', url: `/api/tasks/${id}` });
    expect(deleted.statusCode).toBe(204);
    expect((await app.inject('/api/tasks')).json()).toEqual([]);
  });

  it.each([
    ['without a title', {}],
    ['with an empty title', { title: '  ' }],
    ['with a field nobody knows', { title: 'a', owner: 'me' }],
  ])('refuses a task %s', async (_, body) => {
    expect((await create(body)).statusCode).toBe(400);
  });

  it.each(['PATCH', 'DELETE'] as const)(
    'answers %s of a task that is not there with 404',
    async method => {
      const response = await app.inject({
        method,
        url: '/api/tasks/none',
        ...(method === 'PATCH' && { body: { done: true } }),
      });
      expect(response.statusCode).toBe(404);
      expect(response.json()).toEqual({ error: 'This task does not exist' });
    },
  );
});

it('says that it is healthy', async () => {
  const app = buildApp();
  expect((await app.inject('/api/health')).json()).toEqual({ status: 'ok' });
  await app.close();
});
