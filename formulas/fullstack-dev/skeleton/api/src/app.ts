import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { tasks } from './tasks.js';

const web = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Builds the application without listening, so that tests can call it. */
export function buildApp(options: { logger?: boolean } = {}): FastifyInstance {
  const app = Fastify({
    logger: options.logger ?? false,
    ajv: { customOptions: { removeAdditional: false } },
  });

  app.get('/api/health', () => ({ status: 'ok' }));
  app.register(tasks, { prefix: '/api/tasks' });

  // In production the API serves the front end too; in development Vite does.
  if (existsSync(web)) {
    app.register(fastifyStatic, { root: web });
  }
  return app;
}
