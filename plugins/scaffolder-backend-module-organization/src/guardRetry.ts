import {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ResponseError } from '@backstage/errors';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import Router from 'express-promise-router';

/**
 * Lets people retry their own tasks only. The scaffolder asks for no more than
 * that they may see a task (plugin-scaffolder-backend, service/router), and runs
 * it again with the rights of who retries it: somebody could have an
 * administrator do for them what they may not do themselves.
 */
export function guardRetry(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  scaffolder: Pick<ScaffolderService, 'getTask'>;
}) {
  const { auth, httpAuth, scaffolder } = options;

  /** Who started a task, if the caller may see it. */
  async function creatorOf(taskId: string, credentials: BackstageCredentials) {
    try {
      const { spec } = await scaffolder.getTask({ taskId }, { credentials });
      return spec.user?.ref;
    } catch (error) {
      // The scaffolder says so itself, with what there is not to be seen.
      if (error instanceof ResponseError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }

  const router = Router();
  router.post('/v2/tasks/:taskId/retry', async request => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    if (!auth.isPrincipal(credentials, 'user')) return 'next';
    const creator = await creatorOf(request.params.taskId, credentials);
    if (creator && creator !== credentials.principal.userEntityRef) {
      throw new NotAllowedError(
        `Only ${creator}, who started this task, may retry it: it would run with your rights. Ask them, or start the template yourself`,
      );
    }
    return 'next';
  });
  return router;
}
