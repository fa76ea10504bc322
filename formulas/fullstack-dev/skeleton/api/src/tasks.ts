import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';

export interface Task {
  id: string;
  title: string;
  done: boolean;
}

const task = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    title: { type: 'string' },
    done: { type: 'boolean' },
  },
} as const;

const missing = {
  type: 'object',
  properties: { error: { type: 'string' } },
} as const;

/** A list of tasks, kept in memory: the place to put a database. */
export const tasks: FastifyPluginAsync = async app => {
  const stored = new Map<string, Task>();

  app.get(
    '/',
    { schema: { response: { 200: { type: 'array', items: task } } } },
    () => [...stored.values()],
  );

  app.post<{ Body: { title: string } }>(
    '/',
    {
      schema: {
        body: {
          type: 'object',
          required: ['title'],
          additionalProperties: false,
          properties: {
            title: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
          },
        },
        response: { 201: task },
      },
    },
    async (request, reply) => {
      const created = {
        id: randomUUID(),
        title: request.body.title.trim(),
        done: false,
      };
      stored.set(created.id, created);
      return reply.code(201).send(created);
    },
  );

  app.patch<{ Params: { id: string }; Body: { done: boolean } }>(
    '/:id',
    {
      schema: {
        body: {
          type: 'object',
          required: ['done'],
          additionalProperties: false,
          properties: { done: { type: 'boolean' } },
        },
        response: { 200: task, 404: missing },
      },
    },
    async (request, reply) => {
      const found = stored.get(request.params.id);
      if (!found) {
        return reply.code(404).send({ error: 'This task does not exist' });
      }
      const changed = { ...found, done: request.body.done };
      stored.set(changed.id, changed);
      return changed;
    },
  );

  app.delete<{ Params: { id: string } }>(
    '/:id',
    { schema: { response: { 404: missing } } },
    async (request, reply) =>
      stored.delete(request.params.id)
        ? reply.code(204).send()
        : reply.code(404).send({ error: 'This task does not exist' }),
  );
};
