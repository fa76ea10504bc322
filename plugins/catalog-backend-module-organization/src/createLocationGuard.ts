import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogLocationReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express, { Request, Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';

/** The backend plugin whose tasks register what they have made. */
const SCAFFOLDER = 'plugin:scaffolder';

const locationSchema = z.object({ target: z.string() });

/**
 * Keeps people from registering locations by hand. The catalog reads them with the
 * portal's own rights and shows what it read, another organisation's repository
 * too. Templates may register in a person's name, of what they have made; on whose
 * behalf is remembered.
 */
export function createLocationGuard(options: {
  auth: AuthService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  /** Where it is remembered who registers what. */
  locations: { add(target: string, refs: string[]): Promise<void> };
}): ExpressRouter {
  const { auth, httpAuth, permissions, userInfo, locations } = options;

  /** The user who calls; undefined when a service does in its own name. */
  async function userOf(request: Request) {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    return auth.isPrincipal(credentials, 'user') ? credentials : undefined;
  }

  async function demandAdministrator(credentials: BackstageCredentials) {
    const [{ result }] = await permissions.authorize(
      [{ permission: catalogLocationReadPermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        'Components are registered by the formula or template that makes them. Ask an administrator to register anything else',
      );
    }
  }

  async function remember(
    request: Request,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ) {
    const location = locationSchema.safeParse(request.body);
    // What it is no location for, the catalog says itself.
    if (!location.success) return;
    const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
      credentials,
    );
    await locations.add(location.data.target, [
      ...new Set([userEntityRef, ...ownershipEntityRefs]),
    ]);
  }

  const router = Router();
  router.post('/locations', express.json(), async request => {
    const credentials = await userOf(request);
    if (credentials?.principal.actor?.subject === SCAFFOLDER) {
      await remember(request, credentials);
    } else if (credentials) {
      await demandAdministrator(credentials);
    }
    return 'next';
  });
  router.put('/locations/:id', async request => {
    const credentials = await userOf(request);
    if (credentials) await demandAdministrator(credentials);
    return 'next';
  });
  return router;
}
