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
import { KeptStore } from './KeptStore';
import { ModuleNames } from './ModuleNames';
import { organisationSyncApprovePermission } from './permissions';
import { StopStore } from './StopStore';

const decisionSchema = z.object({ digest: z.string().min(1).max(100) });

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
  kept: KeptStore;
  providers: Approvable[];
}

/** What an administrator may say to a stopped sync. */
interface Decision {
  /** Last part of the path. */
  name: 'approve' | 'keep' | 'take-back';
  /** False when there is nothing with this digest to decide on. */
  take(provider: string, digest: string, userRef: string): Promise<boolean>;
  /** What is to be said then. */
  nothing: string;
}

/** `/<module>` below the catalog's own path: syncs that wait for an administrator, and what was decided. */
export function createRouter(options: RouterOptions): express.Router {
  const { names, httpAuth, permissions, auditor, stops, kept, providers } =
    options;
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
    const [items, leftOnes] = await Promise.all([stops.list(), kept.list()]);
    response.json({ items, kept: leftOnes });
  });

  const waits = 'waits with this digest. Look again at what it would remove';
  const decisions: Decision[] = [
    {
      name: 'approve',
      take: (...decision) => stops.approve(...decision),
      nothing: waits,
    },
    {
      name: 'keep',
      take: (...decision) => stops.keep(...decision),
      nothing: waits,
    },
    {
      name: 'take-back',
      take: (provider, digest) => kept.takeBack(provider, digest),
      nothing:
        'leaves anybody by a decision with this digest. Look again at what was decided',
    },
  ];
  for (const { name, take, nothing } of decisions) {
    router.post(
      `/${moduleId}/:provider/${name}`,
      express.json({ limit: '10kb' }),
      async (request, response) => {
        const userRef = await administrator(request);
        const { provider: id } = request.params;
        const provider = providers.find(candidate => candidate.id === id);
        if (!provider) {
          throw new NotFoundError(`There is no ${configKey}.${id}`);
        }
        const body = decisionSchema.safeParse(request.body);
        if (!body.success) {
          throw new InputError(
            `Say the digest of what is decided on: ${z.prettifyError(
              body.error,
            )}`,
          );
        }
        const { digest } = body.data;
        const audit = await auditor.createEvent({
          eventId: `${moduleId}-${name}`,
          severityLevel: 'high',
          request,
          meta: { provider: id, digest },
        });
        if (!(await take(id, digest, userRef))) {
          const error = new ConflictError(`No sync of ${id} ${nothing}`);
          await audit.fail({ error });
          throw error;
        }
        await audit.success();
        await provider.requestSync();
        response.status(202).json({ provider: id, digest });
      },
    );
  }
  return router;
}
