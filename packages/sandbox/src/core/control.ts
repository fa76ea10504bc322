import express from 'express';
import { z } from 'zod';
import { FaultInjector, faultSchema } from './faults';
import { SERVICE_NAMES } from './options';
import type { RunningPostgres } from './postgres';

const serviceSchema = z.enum(SERVICE_NAMES);

/**
 * The control API, for tests: `GET /faults`, `PUT /faults/:service` with a list
 * of faults, `DELETE /faults/:service`, `POST /postgres/restart`, and `GET /health`.
 *
 * It takes JSON only, so that a web page in the user's browser can't reach it
 * without a preflight that is never answered.
 *
 * @param postgres - the server that can be restarted; none in a sandbox without PostgreSQL
 */
export function createControlApp(
  faults: FaultInjector,
  postgres?: Pick<RunningPostgres, 'restart'>,
): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/faults', (_request, response) => {
    response.json(faults.list());
  });
  app.put('/faults/:service', (request, response) => {
    const service = serviceSchema.safeParse(request.params.service);
    const wanted = z.array(faultSchema).max(20).safeParse(request.body);
    if (!service.success || !wanted.success) {
      response.status(400).json({
        message: z.prettifyError((service.error ?? wanted.error)!),
      });
      return;
    }
    faults.set(service.data, wanted.data);
    response.json(faults.list());
  });
  app.delete('/faults/:service', (request, response) => {
    const service = serviceSchema.safeParse(request.params.service);
    if (!service.success) {
      response.status(404).json({ message: z.prettifyError(service.error) });
      return;
    }
    faults.set(service.data, []);
    response.json(faults.list());
  });
  app.post('/postgres/restart', async (request, response, next) => {
    if (!request.is('application/json')) {
      response.status(415).json({ message: 'Send JSON, such as {}' });
      return;
    }
    if (!postgres) {
      response
        .status(404)
        .json({ message: 'This sandbox runs without PostgreSQL' });
      return;
    }
    try {
      await postgres.restart();
      response.json({ status: 'ok' });
    } catch (error) {
      next(error);
    }
  });
  return app;
}
