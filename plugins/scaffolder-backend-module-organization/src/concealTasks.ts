import { Router } from 'express';

/**
 * The scaffolder refuses a task of somebody else with 403 and does not find one that
 * is not there with 404 (plugin-scaffolder-backend, service/router): whoever guesses
 * ids would learn which exist. Both are answered alike here.
 */
export function concealTasks(): Router {
  const router = Router();
  router.use('/v2/tasks/:taskId', (request, response, next) => {
    const { method, originalUrl } = request;
    const { taskId } = request.params;
    const json = response.json.bind(response);
    response.json = body => {
      if (response.statusCode !== 403 && response.statusCode !== 404) {
        return json(body);
      }
      response.status(404);
      return json({
        error: {
          name: 'NotFoundError',
          message: `There is no task "${taskId}" that you may see`,
        },
        request: { method, url: originalUrl },
        response: { statusCode: 404 },
      });
    };
    next();
  });
  return router;
}
