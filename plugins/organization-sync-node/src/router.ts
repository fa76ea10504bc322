import {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ModuleNames } from './ModuleNames';
import { organisationSyncApprovePermission } from './permissions';
import { StopStore } from './StopStore';

const approvalSchema = z.object({ digest: z.string().min(1).max(100) });

/** A provider whose sync can be asked for. */
export interface Approvable {
  readonly id: string;
  requestSync(): Promise<void>;
}

/** What the routes work with. */
export interface RouterOptions {
  names: ModuleNames;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
  stops: StopStore;
  providers: Approvable[];
}

/** `/<module>` below the catalog's own path: syncs that wait for an administrator. */
export function createRouter(options: RouterOptions): express.Router {
  const { names, httpAuth, permissions, auditor, stops, providers } = options;
  const { moduleId, configKey } = names;
  const router = Router();

  const administrator = async (request: express.Request) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const [{ result }] = await permissions.authorize(
      [{ permission: organisationSyncApprovePermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You need the permission ${organisationSyncApprovePermission.name}. Ask an administrator for it`,
      );
    }
    return credentials.principal.userEntityRef;
  };

  router.get(`/${moduleId}/stops`, async (request, response) => {
    await administrator(request);
    response.json({ items: await stops.list() });
  });

  router.post(
    `/${moduleId}/:provider/approve`,
    express.json({ limit: '10kb' }),
    async (request, response) => {
      const userRef = await administrator(request);
      const { provider: id } = request.params;
      const provider = providers.find(candidate => candidate.id === id);
      if (!provider) {
        throw new NotFoundError(`There is no ${configKey}.${id}`);
      }
      const body = approvalSchema.safeParse(request.body);
      if (!body.success) {
        throw new InputError(
          `Say the digest of what may be removed: ${z.prettifyError(
            body.error,
          )}`,
        );
      }
      const { digest } = body.data;
      const audit = await auditor.createEvent({
        eventId: `${moduleId}-approve`,
        severityLevel: 'high',
        request,
        meta: { provider: id, digest },
      });
      if (!(await stops.approve(id, digest, userRef))) {
        const error = new ConflictError(
          `No sync of ${id} waits with this digest. Look again at what it would remove`,
        );
        await audit.fail({ error });
        throw error;
      }
      await audit.success();
      await provider.requestSync();
      response.status(202).json({ provider: id, digest });
    },
  );
  return router;
}
