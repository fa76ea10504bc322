import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogLocationReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Request, RequestHandler, Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';

/**
 * Keeps people from registering locations by hand. The catalog reads them with the
 * portal's own rights and shows what it read, another organisation's repository
 * too. Templates may register in a person's name, of what they have made.
 */
export function createLocationGuard(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): ExpressRouter {
  const { httpAuth, permissions } = options;

  const demand =
    (mayActFor: (actor?: { subject: string }) => boolean): RequestHandler =>
    async (request: Request) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const { principal } = credentials;
      if (principal.type === 'service' || mayActFor(principal.actor)) {
        return 'next';
      }
      const [{ result }] = await permissions.authorize(
        [{ permission: catalogLocationReadPermission }],
        { credentials },
      );
      if (result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          'Components are registered by the formula or template that makes them. Ask an administrator to register anything else',
        );
      }
      return 'next';
    };

  const router = Router();
  router.post(
    '/locations',
    demand(actor => actor?.subject === 'plugin:scaffolder'),
  );
  router.put(
    '/locations/:id',
    demand(() => false),
  );
  return router;
}
