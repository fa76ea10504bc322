import express from 'express';
import { CoderAnswer, notFound } from '../answers';
import { Coder } from '../Coder';
import { rateLimit } from '../rateLimit';
import { filesApi } from './files';
import { organizationsApi } from './organizations';
import { templatesApi } from './templates';
import { templateVersionsApi } from './templateVersions';
import { usersApi } from './users';
import { workspaceBuildsApi } from './workspaceBuilds';
import { workspacesApi } from './workspaces';

/** The version that the stand-in says it is. */
export const VERSION = 'v2.36.0+sandbox';

const answerErrors: express.ErrorRequestHandler = (
  error: unknown,
  _request,
  response,
  next,
) => {
  if (error instanceof CoderAnswer) {
    response.status(error.status).json(error.body());
  } else if (error instanceof SyntaxError) {
    response.status(400).json({
      message: 'Request body must be valid JSON.',
      detail: error.message,
    });
  } else if (error instanceof URIError) {
    response.status(404).json(notFound().body());
  } else {
    next(error);
  }
};

/**
 * Coder's API v2 below `/api/v2`.
 *
 * `CODER_API_RATE_LIMIT`, Coder's own variable, switches the rate limit on.
 */
export function coderApi(coder: Coder): express.Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set('X-Coder-Build-Version', VERSION);
    next();
  });
  router.get('/buildinfo', (_request, response) => {
    response.json({
      external_url: 'https://github.com/coder/coder',
      version: VERSION,
      dashboard_url: coder.url,
      telemetry: false,
      workspace_proxy: false,
      agent_api_version: '2.5',
      provisioner_api_version: '1.11',
      upgrade_message: '',
      deployment_id: coder.state.defaultOrganization().id,
    });
  });
  router.use(rateLimit(coder, Number(process.env.CODER_API_RATE_LIMIT ?? 0)));
  router.use(filesApi(coder));
  router.use(express.json({ limit: '2mb' }));
  router.use(usersApi(coder));
  router.use(organizationsApi(coder));
  router.use(templatesApi(coder));
  router.use(templateVersionsApi(coder));
  router.use(workspacesApi(coder));
  router.use(workspaceBuildsApi(coder));
  router.get('/applications/host', (request, response) => {
    coder.authenticate(request);
    response.json({ host: '' });
  });
  router.use(() => {
    throw new CoderAnswer(404, 'Route not found.');
  });
  router.use(answerErrors);
  return router;
}
